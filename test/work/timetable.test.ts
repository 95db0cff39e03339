import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas } from '../../src/areas.ts'
import { createLog } from '../../src/base/log.ts'
import { connect, type Database } from '../../src/database/database.ts'
import { taskNamesOf, tasksOf } from '../../src/service/tasks.ts'
import { installTimetable, KEPT_SECONDS, startTimetable } from '../../src/work/timetable.ts'
import { booksOver, quietConfig } from '../support/books.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const log = createLog('silent')
const EVERY_MINUTE = '* * * * *'

describe('the timetable', () => {
  let database: TestDatabase
  let owner: Database
  beforeAll(async () => {
    database = await createTestDatabase()
    owner = connect({ url: database.url, connections: 2, as: 'owner' })
    await installTimetable(database.url, ['count', 'fail'])
  })
  afterAll(async () => {
    await owner.close()
    await database.drop()
  })

  const jobs = (name: string) =>
    owner.query<{ state: string; minute: Date }>(
      `select state::text, date_trunc('minute', created_on) as minute from pgboss.job where name = $1`,
      [name],
    )
  /** As if nobody had looked at the clock for a while: whoever starts next does. */
  const letTimePass = () => owner.query(`update pgboss.version set cron_on = now() - interval '5 minutes'`)

  it('is laid twice without harm', async () => {
    await installTimetable(database.url, ['count', 'fail'])
    const queues = await owner.query<{ name: string }>(
      `select name from pgboss.queue where name in ('count', 'fail')`,
    )
    expect(queues).toHaveLength(2)
  })

  it('runs as the restricted role, which may not change the tables themselves', async () => {
    await expect(database.db.query('drop table pgboss.queue cascade')).rejects.toThrow(/must be owner/)
    await expect(database.db.query('create table pgboss.mine (it int)')).rejects.toThrow(/permission denied/)
  })

  it('runs each slot once over two instances', async () => {
    let runs = 0
    const { promise: ran, resolve } = Promise.withResolvers<void>()
    const count = async () => {
      runs += 1
      resolve()
    }
    const task = { name: 'count', cron: EVERY_MINUTE, run: count }
    const before = await startTimetable(database.url, [task], log, 1)
    await before.stop()

    await letTimePass()
    const one = await startTimetable(database.url, [task], log, 1)
    await letTimePass()
    const other = await startTimetable(database.url, [task], log, 1)
    await ran
    await Promise.all([one.stop(), other.stop()])
    const made = await jobs('count')
    expect(runs).toBe(made.length)
    expect(new Set(made.map(({ minute }) => minute.getTime())).size).toBe(made.length)
  })

  it('forgets a task that is no longer configured', async () => {
    const run = async () => {}
    const names = async () =>
      (await owner.query<{ name: string }>('select name from pgboss.schedule order by name')).map(
        ({ name }) => name,
      )
    const both = await startTimetable(
      database.url,
      ['count', 'fail'].map((name) => ({ name, cron: EVERY_MINUTE, run })),
      log,
      1,
    )
    await both.stop()
    expect(await names()).toEqual(['count', 'fail'])
    const one = await startTimetable(database.url, [{ name: 'count', cron: EVERY_MINUTE, run }], log, 1)
    await one.stop()
    expect(await names()).toEqual(['count'])
  })

  it('keeps what waits for longer than any plan to try again', async () => {
    const [queue] = await owner.query<{ kept: number; limit: number; policy: string }>(
      `select retention_seconds as kept, retry_limit as limit, policy from pgboss.queue where name = 'count'`,
    )
    expect(queue).toEqual({ kept: KEPT_SECONDS, limit: 3, policy: 'exclusive' })
    // The slowest task is daily, and is tried three times more with growing gaps: within hours.
    expect(KEPT_SECONDS).toBeGreaterThan(2 * 24 * 3600)
  })

  it('has a queue for every task, whatever is configured', () => {
    const withBatches = quietConfig((settings) => ({
      ...settings,
      economy: { ...settings.economy, exportHour: 6 },
    }))
    const named = (config: ReturnType<typeof quietConfig>) =>
      tasksOf(areas, { ...booksOver(database.db, undefined, config), config } as never).map(
        ({ name }) => name,
      )
    expect(named(withBatches).sort()).toEqual([...taskNamesOf(areas)].sort())
    for (const name of named(quietConfig())) expect(taskNamesOf(areas)).toContain(name)
  })
})
