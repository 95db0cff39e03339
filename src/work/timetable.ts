import { PgBoss } from 'pg-boss'
import { TIME_ZONE } from '../base/calendar.ts'
import { type Log, withTrail } from '../base/log.ts'
import { connect, SERVICE_ROLE } from '../database/database.ts'

/** Something that happens at set times, once over all instances. Missing one is harmless: the next finds what is due. */
export interface Task {
  name: string
  /** Minute hour day month weekday, local time. */
  cron: string
  run(): Promise<void>
}

const SCHEMA = 'pgboss'
/** pg-boss deletes what has waited longer than this, worked on or not. No task may wait so long: a test compares. */
export const KEPT_SECONDS = 14 * 24 * 3600

/** Makes or updates the timetable's tables, as their owner. Goes with the migrations, under the same caller's lock. */
export async function installTimetable(ownerUrl: string, names: string[]): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: SCHEMA,
    max: 2,
    supervise: false,
    schedule: false,
  })
  boss.on('error', () => {})
  await boss.start()
  try {
    for (const name of names)
      await boss.createQueue(name, {
        policy: 'exclusive',
        retryLimit: 3,
        retryBackoff: true,
        retentionSeconds: KEPT_SECONDS,
      })
  } finally {
    await boss.stop({ graceful: false })
  }
  const db = connect({ url: ownerUrl, connections: 1, as: 'owner' })
  try {
    await db.query(`grant usage on schema ${SCHEMA} to ${SERVICE_ROLE}`)
    await db.query(
      `grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${SERVICE_ROLE}`,
    )
    await db.query(`grant usage on all sequences in schema ${SCHEMA} to ${SERVICE_ROLE}`)
    await db.query(`grant execute on all functions in schema ${SCHEMA} to ${SERVICE_ROLE}`)
  } finally {
    await db.close()
  }
}

/** Keeps the timetable until it is stopped. Instances on one database share it: each slot is run by one of them. */
export async function startTimetable(
  url: string,
  tasks: Task[],
  log: Log,
  pollSeconds = 10,
): Promise<{ stop(): Promise<void> }> {
  const boss = new PgBoss({
    connectionString: url,
    schema: SCHEMA,
    max: 2,
    options: `-c role=${SERVICE_ROLE} -c synchronous_commit=on`,
    migrate: false,
    createSchema: false,
    reindex: false,
    cronWorkerIntervalSeconds: Math.max(1, Math.min(pollSeconds, 5)),
  })
  boss.on('error', (error) => log.error({ err: error }, 'the timetable met trouble'))
  await boss.start()
  // What is no longer configured is not to fill its queue until it is configured again.
  for (const { name } of await boss.getSchedules())
    if (!tasks.some((task) => task.name === name)) await boss.unschedule(name)
  for (const { name, cron, run } of tasks) {
    await boss.schedule(name, cron, null, { tz: TIME_ZONE })
    await boss.work(name, { pollingIntervalSeconds: pollSeconds }, () => withTrail({ job: name }, run))
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 10_000 }) }
}
