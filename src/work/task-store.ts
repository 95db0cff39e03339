import { claimDue } from '../database/claim-due.ts'
import type { Own } from '../database/database.ts'

export interface PlannedTask {
  name: string
  cron: string
  nextAt: Date
}

/** A task that an instance has in hand. */
export interface ClaimedTask {
  name: string
  /** Until when nobody else claims it. */
  leasedUntil: Date
  /** How often it has been begun for this time, this one included. */
  tries: number
}

/** Records tasks that are not there yet; what is there stays as it is. */
export async function insertTasks(db: Own, tasks: PlannedTask[]): Promise<void> {
  await db.query(
    `insert into task (name, cron, next_at) select * from unnest($1::text[], $2::text[], $3::timestamptz[])
     on conflict (name) do nothing`,
    columnsOf(tasks),
  )
}

/**
 * Records the tasks of an instance that starts: those whose plan has changed are due by the new one, and those that are no
 * longer configured go, so that they are not due at once when they are configured again.
 */
export async function replanTasks(db: Own, tasks: PlannedTask[]): Promise<void> {
  await db.query(
    `with gone as (delete from task where name <> all($1::text[]))
     insert into task (name, cron, next_at) select * from unnest($1::text[], $2::text[], $3::timestamptz[])
     on conflict (name) do update set cron = excluded.cron, next_at = excluded.next_at, tries = 0
       where task.cron <> excluded.cron`,
    columnsOf(tasks),
  )
}

function columnsOf(tasks: PlannedTask[]): unknown[][] {
  return [tasks.map(({ name }) => name), tasks.map(({ cron }) => cron), tasks.map(({ nextAt }) => nextAt)]
}

/** Claims those of the named tasks that are due, each for one instance. */
export function claimDueTasks(
  db: Own,
  now: Date,
  leaseSeconds: number,
  names: string[],
): Promise<ClaimedTask[]> {
  const due = {
    table: 'task',
    key: 'name',
    dueAt: 'next_at',
    waiting: 'name = any($4::text[])',
    marks: 'tries = tries + 1',
    tells: 'name, next_at as "leasedUntil", tries',
  }
  return claimDue<ClaimedTask>(db, due, now, leaseSeconds, names.length, [names])
}

/** Records when a claimed task is due next; nothing when its lease has run out and somebody else has claimed it. */
export async function planTask(
  db: Own,
  { name, leasedUntil }: ClaimedTask,
  { nextAt, tries }: { nextAt: Date; tries: number },
): Promise<void> {
  await db.query('update task set next_at = $3, tries = $4 where name = $1 and next_at = $2', [
    name,
    leasedUntil,
    nextAt,
    tries,
  ])
}
