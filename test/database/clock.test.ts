import { afterEach, describe, expect, it } from 'vitest'
import { type DatabaseClock, startDatabaseClock } from '../../src/database/clock.ts'
import type { Sql } from '../../src/database/database.ts'

/** A database whose clock a test turns, and a machine that only counts milliseconds since its start. */
function world(databaseSays: string) {
  let machine = 5000
  let database: number | undefined = Date.parse(databaseSays)
  const db: Sql = {
    query: async <Row>() => {
      if (database === undefined) throw new Error('no database')
      return [{ ms: database }] as Row[]
    },
  }
  return {
    db,
    steady: () => machine,
    pass: (milliseconds: number) => {
      machine += milliseconds
      if (database !== undefined) database += milliseconds
    },
    setDatabase: (says: string | undefined) => {
      database = says === undefined ? undefined : Date.parse(says)
    },
  }
}

describe('the clock that all instances share', () => {
  let clock: DatabaseClock | undefined
  afterEach(() => clock?.stop())

  it("is the database's, whatever the machine's says, and goes on by itself", async () => {
    const { db, steady, pass } = world('2031-02-03T04:05:06Z')
    clock = await startDatabaseClock(db, steady)
    expect(clock.now().toISOString()).toBe('2031-02-03T04:05:06.000Z')
    pass(90_000)
    expect(clock.now().toISOString()).toBe('2031-02-03T04:06:36.000Z')
  })

  it('follows the database when that is set anew, and not for the length of a question', async () => {
    const { db, steady, setDatabase } = world('2031-02-03T04:00:00Z')
    clock = await startDatabaseClock(db, steady)
    setDatabase('2031-02-03T04:00:00.200Z')
    await clock.sync()
    expect(clock.now().toISOString()).toBe('2031-02-03T04:00:00.000Z')
    setDatabase('2031-02-03T04:10:00Z')
    await clock.sync()
    expect(clock.now().toISOString()).toBe('2031-02-03T04:10:00.000Z')
  })

  it('goes on while the database is away', async () => {
    const { db, steady, pass, setDatabase } = world('2031-02-03T04:00:00Z')
    clock = await startDatabaseClock(db, steady)
    setDatabase(undefined)
    pass(60_000)
    await clock.sync()
    expect(clock.now().toISOString()).toBe('2031-02-03T04:01:00.000Z')
  })

  it('cannot start without one', async () => {
    const { db, steady, setDatabase } = world('2031-02-03T04:00:00Z')
    setDatabase(undefined)
    await expect(startDatabaseClock(db, steady)).rejects.toThrow('no database')
  })
})
