import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../src/base/log.ts'
import { runDueTasks, type Task } from '../../src/work/run-due-tasks.ts'
import { replanTasks } from '../../src/work/task-store.ts'
import { startTimetable } from '../../src/work/timetable.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const HOURLY = '17 * * * *'

describe('the timetable', () => {
  let test: TestDatabase
  let now: Date
  let logged: Record<string, unknown>[]
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  beforeEach(async () => {
    await test.db.query('delete from task')
    now = new Date('2026-11-28T12:00:00Z')
    logged = []
  })
  afterAll(() => test.drop())

  const uses = () => ({
    db: test.db,
    clock: { now: () => now },
    log: createLog('info', { write: (line) => logged.push(JSON.parse(line)) }),
  })
  const pass = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000)
  }
  /** One look at the clock, and what it began has ended. */
  const look = async (...tasks: Task[]) => {
    const runs = await runDueTasks(uses(), tasks)
    await Promise.all(runs.map(({ ended }) => ended))
    return runs.map(({ name }) => name)
  }
  const counting = (name: string, cron = HOURLY) => {
    const task = {
      name,
      cron,
      runs: 0,
      run: async () => {
        task.runs += 1
      },
    }
    return task
  }
  const rows = () =>
    test.db.query<{ name: string; nextAt: Date; tries: number }>(
      'select name, next_at as "nextAt", tries from task order by name',
    )

  it('runs nothing before its time, then once, then not before the next', async () => {
    const count = counting('count')
    expect(await look(count)).toEqual([])
    pass(16.9)
    expect(await look(count)).toEqual([])
    pass(0.1)
    expect(await look(count)).toEqual(['count'])
    expect(await look(count)).toEqual([])
    pass(59)
    expect(await look(count)).toEqual([])
    pass(1)
    expect(await look(count)).toEqual(['count'])
    expect(count.runs).toBe(2)
  })

  it('runs each time once over many instances that look at the same moment', async () => {
    const count = counting('count')
    await look(count)
    for (let hour = 0; hour < 5; hour += 1) {
      pass(60)
      await Promise.all(Array.from({ length: 8 }, () => look(count)))
    }
    expect(count.runs).toBe(5)
  })

  it('runs once what was missed, however often, and goes on as planned', async () => {
    const count = counting('count')
    await look(count)
    pass(30 * 24 * 60)
    await look(count)
    expect(await look(count)).toEqual([])
    expect(count.runs).toBe(1)
    expect((await rows())[0]?.nextAt.toISOString()).toBe('2026-12-28T12:17:00.000Z')
  })

  it('keeps a time that comes while it is stopped: a start plans nothing anew', async () => {
    const count = counting('count')
    await look(count)
    pass(16)
    await replanTasks(test.db, [{ name: 'count', cron: HOURLY, nextAt: new Date('2026-11-28T13:17:00Z') }])
    pass(2)
    expect(await look(count)).toEqual(['count'])
  })

  it('tries a task that fails three times more, and then at its next time', async () => {
    const daily = '20 13 * * *'
    let failures = 0
    const fail = {
      name: 'fail',
      cron: daily,
      run: async () => {
        failures += 1
        throw new Error('the disk is full')
      },
    }
    await look(fail)
    pass(20)
    await look(fail)
    for (const minutes of [1, 5, 30]) {
      pass(minutes - 0.1)
      expect(await look(fail)).toEqual([])
      pass(0.1)
      expect(await look(fail)).toEqual(['fail'])
    }
    expect(await rows()).toMatchObject([{ nextAt: new Date('2026-11-29T12:20:00Z'), tries: 0 }])
    expect(failures).toBe(4)
    expect(logged).toHaveLength(4)
    expect(logged[3]).toMatchObject({
      level: 'error',
      event: 'task.failed',
      task: 'fail',
      job: 'fail',
      tries: 4,
      err: { message: 'the disk is full' },
    })
  })

  it('waits for no retry when the next time comes before it', async () => {
    const fail = {
      name: 'fail',
      cron: '* * * * *',
      run: async () => {
        throw new Error('again')
      },
    }
    await look(fail)
    pass(1)
    await look(fail)
    pass(1)
    await look(fail)
    expect(await rows()).toMatchObject([{ nextAt: new Date('2026-11-28T12:03:00Z'), tries: 0 }])
  })

  it('runs anew what an instance had in hand when it died, and not for ever', async () => {
    const daily = '20 13 * * *'
    await look(counting('deadly', daily))
    const mortal: Task = { name: 'deadly', cron: daily, run: () => new Promise(() => {}) }
    pass(20)
    for (let death = 0; death < 4; death += 1) {
      expect((await runDueTasks(uses(), [mortal])).map(({ name }) => name)).toEqual(['deadly'])
      pass(14.9)
      expect(await look(counting('deadly', daily))).toEqual([])
      pass(0.1)
    }
    const survivor = counting('deadly', daily)
    await look(survivor)
    expect(survivor.runs).toBe(0)
    expect(logged.map(({ event }) => event)).toEqual(['task.given-up'])
    pass(24 * 60)
    await look(survivor)
    expect(survivor.runs).toBe(1)
  })

  it('leaves a task to whoever claimed it when its own lease has run out', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const slow: Task = { name: 'count', cron: HOURLY, run: () => gate }
    await look(slow)
    pass(17)
    const [late] = await runDueTasks(uses(), [slow])
    pass(15)
    const { promise: other, resolve: openOther } = Promise.withResolvers<void>()
    const [second] = await runDueTasks(uses(), [{ ...slow, run: () => other }])
    const [held] = await rows()
    open()
    await late?.ended
    expect(await rows()).toEqual([held])
    openOther()
    await second?.ended
    expect((await rows())[0]?.nextAt.toISOString()).toBe('2026-11-28T13:17:00.000Z')
  })

  it('keeps no other waiting while one takes long', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const slow: Task = { name: 'slow', cron: HOURLY, run: () => gate }
    const { promise: ran, resolve } = Promise.withResolvers<void>()
    const quick: Task = { name: 'quick', cron: '20 * * * *', run: async () => resolve() }
    await look(slow, quick)
    pass(18)
    const timetable = await startTimetable(uses(), [slow, quick], 0.01)
    pass(3)
    await ran
    open()
    await timetable.stop()
  })

  it('ends what is in hand before it has stopped, and begins nothing more', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const happened: string[] = []
    const task: Task = {
      name: 'count',
      cron: HOURLY,
      run: async () => {
        begin()
        await gate
        happened.push('run')
      },
    }
    await look(task)
    pass(18)
    const timetable = await startTimetable(uses(), [task], 0.01)
    await begun
    const stopped = timetable.stop().then(() => happened.push('stopped'))
    open()
    await stopped
    expect(happened).toEqual(['run', 'stopped'])
    expect(await rows()).toMatchObject([{ nextAt: new Date('2026-11-28T13:17:00Z') }])
  })

  it('forgets a task that is no longer configured, and begins with its next time when it is again', async () => {
    const [kept, dropped] = [counting('kept'), counting('dropped')]
    await (await startTimetable(uses(), [kept, dropped], 3600)).stop()
    expect((await rows()).map(({ name }) => name)).toEqual(['dropped', 'kept'])
    await (await startTimetable(uses(), [kept], 3600)).stop()
    expect((await rows()).map(({ name }) => name)).toEqual(['kept'])
    pass(24 * 60)
    await look(kept, dropped)
    expect([kept.runs, dropped.runs]).toEqual([1, 0])
    pass(60)
    await look(kept, dropped)
    expect([kept.runs, dropped.runs]).toEqual([2, 1])
  })

  it('does not run what it does not know', async () => {
    await look(counting('of another instance'))
    pass(60)
    expect(await look(counting('ours'))).toEqual([])
    expect((await rows()).find(({ name }) => name === 'of another instance')).toMatchObject({
      nextAt: new Date('2026-11-28T12:17:00Z'),
    })
  })

  it('follows a plan that was changed, from the start of an instance that has the new one', async () => {
    const early = counting('make-batch', '5 6 * * *')
    const late = counting('make-batch', '5 20 * * *')
    await (await startTimetable(uses(), [early], 3600)).stop()
    await (await startTimetable(uses(), [late], 3600)).stop()
    expect((await rows())[0]?.nextAt.toISOString()).toBe('2026-11-28T19:05:00.000Z')
  })

  it.each([
    ['between midnight in Stockholm and midnight in UTC', '2026-12-31T22:30:00Z', '2026-12-31T23:05:00.000Z'],
    ['in the night that loses an hour', '2027-03-27T22:30:00Z', '2027-03-27T23:05:00.000Z'],
    ['in the night that gains one', '2026-10-24T21:30:00Z', '2026-10-24T22:05:00.000Z'],
  ])('runs what is due at five past midnight %s', async (_when, from, due) => {
    now = new Date(from)
    const nightly = counting('nightly', '5 0 * * *')
    await look(nightly)
    expect((await rows())[0]?.nextAt.toISOString()).toBe(due)
    const ran: string[] = []
    for (let step = 0; step < 48; step += 1) {
      if ((await look(nightly)).length > 0) ran.push(now.toISOString())
      pass(30)
    }
    expect(ran).toHaveLength(1)
  })
})
