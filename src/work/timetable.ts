import { nextSlot } from './next-slot.ts'
import { runDueTasks, type Task, type TaskRun, type TimetableUses } from './run-due-tasks.ts'
import { replanTasks } from './task-store.ts'
import { createBell } from './wake.ts'
import { startWorkers } from './workers.ts'

/** Tasks in hand have so long to end when the timetable stops, milliseconds. What is cut off is due again later. */
const PATIENCE = 10_000

/**
 * Keeps the timetable until it is stopped. Instances on one database share it: each time is run by one of them. A task
 * that takes long keeps no other waiting.
 */
export async function startTimetable(
  uses: TimetableUses,
  tasks: Task[],
  pollSeconds = 10,
): Promise<{ stop(): Promise<void> }> {
  const now = uses.clock.now()
  await replanTasks(
    uses.db,
    tasks.map(({ name, cron }) => ({ name, cron, nextAt: nextSlot(cron, now) })),
  )
  const running = new Map<string, Promise<void>>()
  const follow = ({ name, ended }: TaskRun) =>
    running.set(
      name,
      ended.finally(() => running.delete(name)),
    )
  const look = async () => {
    const idle = tasks.filter(({ name }) => !running.has(name))
    for (const run of await runDueTasks(uses, idle)) follow(run)
    return 0
  }
  const looking = startWorkers({ timetable: look }, createBell(), uses.log, { pollSeconds })
  return {
    stop: async () => {
      await looking.stop()
      await endWithin(PATIENCE, Promise.all(running.values()))
    },
  }
}

async function endWithin(milliseconds: number, ended: Promise<unknown>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  await Promise.race([ended, late])
  clearTimeout(timer)
}
