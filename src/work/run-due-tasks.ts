import { withTrail } from '../base/log.ts'
import type { Uses } from './context.ts'
import { nextSlot } from './next-slot.ts'
import { type ClaimedTask, claimDueTasks, insertTasks, planTask } from './task-store.ts'

/** Something that happens at set times, once over all instances. Missing one is harmless: the next finds what is due. */
export interface Task {
  name: string
  /** Minute hour day month weekday, local time. */
  cron: string
  run(): Promise<void>
}

export type TimetableUses = Uses<'db' | 'clock' | 'log'>

/** Whoever claims a task and dies leaves it due again after so long: longer than any of them may need. */
const LEASE_SECONDS = 15 * 60

/** Minutes until a task that failed is tried again; after the last it waits for its next time. */
const RETRY_MINUTES = [1, 5, 30]

/** A task that has been begun here. */
export interface TaskRun {
  name: string
  /** Resolves when it has come to its end or failed, and its next time is recorded. Never rejects. */
  ended: Promise<void>
}

/** Begins those of the tasks that are due and that no instance has in hand, and returns them. */
export async function runDueTasks(uses: TimetableUses, tasks: Task[]): Promise<TaskRun[]> {
  const { db, clock } = uses
  const now = clock.now()
  // An instance with another configuration may have removed some as it started.
  await insertTasks(
    db,
    tasks.map(({ name, cron }) => ({ name, cron, nextAt: nextSlot(cron, now) })),
  )
  const claimed = await claimDueTasks(
    db,
    now,
    LEASE_SECONDS,
    tasks.map(({ name }) => name),
  )
  return claimed.flatMap((claim) => {
    const task = tasks.find(({ name }) => name === claim.name)
    return task ? [{ name: claim.name, ended: runTask(uses, task, claim) }] : []
  })
}

async function runTask(uses: TimetableUses, task: Task, claim: ClaimedTask): Promise<void> {
  const { db, clock, log } = uses
  const done = await withTrail({ job: task.name }, () => tryToRun(uses, task, claim))
  const now = clock.now()
  const slot = nextSlot(task.cron, now)
  const wait = done ? undefined : RETRY_MINUTES[claim.tries - 1]
  const retry = wait === undefined ? undefined : new Date(now.getTime() + wait * 60_000)
  const next = retry && retry < slot ? { nextAt: retry, tries: claim.tries } : { nextAt: slot, tries: 0 }
  await planTask(db, claim, next).catch((error: unknown) =>
    log.error(
      { event: 'task.not-rescheduled', err: error, task: task.name },
      'could not record the next time of a task',
    ),
  )
}

/** Returns false when it failed. One that took the process with it each time is not begun for ever. */
async function tryToRun({ log }: TimetableUses, task: Task, { tries }: ClaimedTask): Promise<boolean> {
  if (tries > RETRY_MINUTES.length + 1) {
    log.error(
      { event: 'task.given-up', task: task.name, tries },
      'task given up until its next time: the process ended during each try',
    )
    return false
  }
  try {
    await task.run()
    return true
  } catch (error) {
    log.error({ event: 'task.failed', err: error, task: task.name, tries }, 'task failed')
    return false
  }
}
