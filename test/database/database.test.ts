import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../src/database/database.ts'
import { startEmbedded } from '../../src/database/embedded/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

describe('the database', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.drop())

  it('does not let the running service change or remove what is booked', async () => {
    for (const table of ['posting', 'posting_to_export', 'payment_event', 'batch', 'batch_file']) {
      await expect(test.db.query(`delete from ${table}`)).rejects.toThrow(/permission denied/)
    }
    await expect(test.db.query('update posting set amount = 1')).rejects.toThrow(/permission denied/)
    await expect(test.db.query('truncate posting')).rejects.toThrow(/permission denied/)
  })

  it('writes all of a transaction or nothing', async () => {
    const insert = `insert into used_assertion values ($1, now())`
    await expect(
      test.db.transaction(async (tx) => {
        await tx.query(insert, ['first'])
        await tx.query(insert, ['first'])
      }),
    ).rejects.toThrow(/duplicate key/)
    expect(await test.db.query('select * from used_assertion')).toEqual([])
  })

  it('writes nothing of statements that travel together when one of them fails', async () => {
    const insert = `insert into used_assertion values ($1, now())`
    const together = test.db.transaction((tx) =>
      Promise.all(['second', 'third', 'second', 'fourth'].map((id) => tx.query(insert, [id]))),
    )
    await expect(together).rejects.toThrow(/duplicate key/)
    expect(await test.db.query('select id from used_assertion where id = any($1)', [['third']])).toEqual([])
  })

  it('goes on when a newer version has added a column', async () => {
    const read = () => test.db.query('select * from used_assertion where id = $1', ['nobody'])
    const count = () => test.db.query('select id from used_assertion where id = $1', ['nobody'])
    await Promise.all([read(), count()])
    const owner = connect({ url: test.url, connections: 1, as: 'owner' })
    await owner.query('alter table used_assertion add column newer text')
    await owner.close()
    expect(await Promise.all([read(), count()])).toEqual([[], []])
  })

  it('runs migrations once when two instances start together', async () => {
    const [one, other] = await Promise.all([migrate(test.url), migrate(test.url)])
    expect([...one, ...other]).toEqual([])
  })

  it('does not let a process that is stopped in a transaction keep its locks from the others', async () => {
    const [setting] = await test.db.query<{ value: string }>(
      "select current_setting('idle_in_transaction_session_timeout') as value",
    )
    expect(setting?.value).toBe('15s')
  })

  it('always waits for the disk before it says committed', async () => {
    const [setting] = await test.db.query<{ value: string }>(
      "select current_setting('synchronous_commit') as value",
    )
    expect(setting?.value).toBe('on')
  })
})

describe('the embedded server', () => {
  it('keeps its data, adopts a server that outlived us, and never runs two on one folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kvitt-pg-'))
    try {
      const first = await startEmbedded(folder)
      const db = connect({ url: first.url, connections: 1, as: 'owner' })
      await db.query('create table kept (it int)')
      await db.close()

      const adopted = await startEmbedded(folder)
      expect(adopted.url).toBe(first.url)
      await adopted.stop()

      const again = await startEmbedded(folder)
      const later = connect({ url: again.url, connections: 1, as: 'owner' })
      expect(await later.query('select * from kept')).toEqual([])
      await later.close()
      await again.stop()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('says so when the path is too long for a socket', async () => {
    await expect(startEmbedded(join(tmpdir(), 'x'.repeat(120)))).rejects.toThrow(/too long for a socket/)
  })
})
