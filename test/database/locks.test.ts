import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listAudit, recordAudit } from '../../src/areas/audit/audit-store.ts'
import { makeBatch } from '../../src/areas/exports/make-batch.ts'
import type { Database } from '../../src/database/database.ts'
import { LOCKS, lockUntilCommit } from '../../src/database/locks.ts'
import { filesIn, linesWith, withoutComments } from '../rules/source.ts'
import { bookAll, booksOver, paidPosting, staffCalled } from '../support/books.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const now = new Date('2026-11-20T17:06:00Z')

describe('the advisory locks', () => {
  it('have a number each', () => {
    const numbers = Object.values(LOCKS)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('are taken by the numbers of one file', () => {
    const takers = filesIn(['src'], ['.ts', '.sql']).map(withoutComments)
    const places = takers.flatMap((file) => linesWith(file, /pg_(?:try_)?advisory/))
    expect(places.map((place) => place.replace(/:\d+: /, ': '))).toEqual([
      "src/database/locks.ts: await tx.query('select pg_advisory_xact_lock($1)', [LOCKS[lock]])",
      "src/database/migrate.ts: await client.query('select pg_advisory_lock($1)', [LOCKS.migrations])",
    ])
  })
})

describe('an act that stands in the audit trail', () => {
  let test: TestDatabase
  beforeEach(async () => {
    test = await createTestDatabase()
  })
  afterEach(() => test.drop())

  /** Throws when it has to wait for long. */
  const signIn = (who: string) =>
    test.db.transaction(async (tx) => {
      await tx.query("set local lock_timeout = '2s'")
      await recordAudit(tx, now, { actor: staffCalled(who), act: 'signed-in', subject: 'session' })
    })

  it('does not wait while a batch is being made, and the batch stands after it', async () => {
    await bookAll(test.db, [paidPosting(3000)], now)
    let asked = 0
    /** Somebody signs in while the batch has its number and its files are being written. */
    const interrupted: Database = {
      ...test.db,
      transaction: (work) =>
        test.db.transaction((tx) =>
          work({
            ...tx,
            query: async <Row>(text: string, values?: unknown[]) => {
              const rows = await tx.query<Row>(text, values)
              if (text.includes('insert into batch_file') && asked++ === 0) await signIn('amir')
              return rows
            },
          }),
        ),
    }
    const outcome = await makeBatch(booksOver(interrupted), { actor: staffCalled('eva') })
    expect(outcome.kind).toBe('made')
    const none = { before: null, who: null, act: null, subject: null }
    expect((await listAudit(test.db, none, 10)).map(({ act }) => act)).toEqual(['batch-made', 'signed-in'])
  })

  it('waits for another such act, to follow it', async () => {
    await test.db.transaction(async (tx) => {
      await lockUntilCommit(tx, 'auditChain')
      await expect(signIn('amir')).rejects.toThrow(/lock timeout/)
    })
  })
})
