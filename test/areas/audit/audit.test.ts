import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anchorAudit } from '../../../src/areas/audit/anchor-audit.ts'
import type { AuditEntry } from '../../../src/areas/audit/audit.ts'
import { auditAfter, auditHead, recordAudit } from '../../../src/areas/audit/audit-store.ts'
import { verifyAudit } from '../../../src/areas/audit/verify-audit.ts'
import type { Actor } from '../../../src/base/actor.ts'
import { createLog } from '../../../src/base/log.ts'
import { connect, type Database } from '../../../src/database/database.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let owner: Database
beforeEach(async () => {
  database = await createTestDatabase()
  // Somebody who has the database itself in hand, not only the service.
  owner = connect({ url: database.url, connections: 1, as: 'owner' })
})
afterEach(async () => {
  await owner?.close()
  await database?.drop()
})

const eva: Actor = { who: 'eva@demo.kvitt.example', role: 'economy', address: '192.0.2.7', request: 'r-1' }

function tell(subject: string, more: Partial<AuditEntry> = {}) {
  const entry: AuditEntry = { actor: eva, act: 'batch-made', subject, ...more }
  return database.db.transaction((tx) => recordAudit(tx, new Date(), entry))
}

async function tellSome(): Promise<void> {
  await tell('batch 1', { after: { total: 88_600, postings: 3 } })
  await tell('batch 2', {
    before: { state: null },
    after: { b: 1, a: 'å "x" ’', c: true },
    reason: 'månadsslut',
  })
  await tell('batch 3', { actor: { who: 'timetable', role: 'system', address: null, request: null } })
}

describe('the audit trail', () => {
  it('is in order, and its newest hash is told', async () => {
    await tellSome()
    const head = await auditHead(database.db)
    expect(await verifyAudit(database.db)).toEqual({ ok: true, rows: 3, head })
    expect((await auditAfter(database.db, 0, 10)).map(({ id, subject }) => [id, subject])).toEqual([
      [1, 'batch 1'],
      [2, 'batch 2'],
      [3, 'batch 3'],
    ])
  })

  it('is sound while it is empty', async () => {
    expect(await verifyAudit(database.db)).toEqual({ ok: true, rows: 0, head: undefined })
  })

  it('goes with what it tells of: rolled back together', async () => {
    await database.db
      .transaction(async (tx) => {
        await recordAudit(tx, new Date(), { actor: eva, act: 'batch-made', subject: 'batch 1' })
        throw new Error('no batch after all')
      })
      .catch(() => {})
    expect(await auditHead(database.db)).toBeUndefined()
    await tell('batch 1')
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, rows: 1 })
  })

  it('stays one chain when many write at once (ASVS V15.4.2)', async () => {
    const other = connect({ url: database.url, connections: 4, as: 'service' })
    const writers = Array.from({ length: 40 }, (_, index) =>
      (index % 2 ? other : database.db).transaction((tx) =>
        recordAudit(tx, new Date(), { actor: eva, act: 'batch-downloaded', subject: `batch ${index}` }),
      ),
    )
    await Promise.all(writers)
    await other.close()
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, rows: 40 })
  })

  it.each([
    'update audit set who = who',
    'delete from audit',
    'truncate audit',
    'update posting set text = text',
    'delete from posting',
    'update payment_event set what = what',
    'alter table audit disable trigger all',
    'drop table audit',
  ])('the service may not: %s (ASVS V16.4.2)', async (sql) => {
    await tellSome()
    await expect(database.db.query(sql)).rejects.toThrow(/permission denied|must be owner/)
  })
})

describe('whoever has the database in hand is found out', () => {
  it.each([
    ["update audit set who = 'didrik@demo.kvitt.example' where id = 2", 'changed', 2],
    ["update audit set at = at + interval '1 day' where id = 1", 'changed', 1],
    [`update audit set after = '{"total": 1, "postings": 3}' where id = 1`, 'changed', 1],
    ['update audit set reason = null where id = 2', 'changed', 2],
    ["update audit set address = '192.0.2.8' where id = 1", 'changed', 1],
    ["update audit set hash = repeat('a', 64) where id = 2", 'changed', 2],
    ['delete from audit where id = 2', 'missing-before', 3],
    ['delete from audit where id = 1', 'missing-before', 2],
    ['update audit set id = id + 1 where id = 3', 'missing-before', 4],
  ])('%s', async (sql, kind, id) => {
    await tellSome()
    await owner.query(sql)
    expect(await verifyAudit(database.db)).toEqual({ ok: false, fault: { kind, id } })
  })

  it('also when the end is cut off, by a hash that was written down elsewhere', async () => {
    await tellSome()
    const head = await auditHead(database.db)
    const known = head ? [head] : []
    await owner.query('delete from audit where id = 3')
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true })
    expect(await verifyAudit(database.db, known)).toEqual({ ok: false, fault: { kind: 'cut-off', id: 3 } })
    // And when something else is put in its place.
    await tell('batch 3')
    expect(await verifyAudit(database.db, known)).toEqual({ ok: false, fault: { kind: 'cut-off', id: 3 } })
  })

  it('and each day is told to the log, whatever its level: the head, or that something is wrong (ASVS V16.4.2)', async () => {
    const lines: Record<string, unknown>[] = []
    const log = createLog('error', { write: (line) => lines.push(JSON.parse(line)) })
    await anchorAudit({ db: database.db, log })
    expect(lines).toEqual([])
    await tellSome()
    const head = await auditHead(database.db)
    await anchorAudit({ db: database.db, log })
    expect(lines).toMatchObject([
      {
        level: 'info',
        event: 'audit-head.written',
        msg: 'audit head',
        auditHead: `${head?.id}:${head?.hash}`,
      },
    ])
    await owner.query("update audit set who = 'didrik@demo.kvitt.example' where id = 2")
    await anchorAudit({ db: database.db, log })
    expect(lines[1]).toMatchObject({ level: 'error', fault: { kind: 'changed', id: 2 } })
  })

  it('though the trail is long', async () => {
    await database.db.transaction(async (tx) => {
      for (let index = 0; index < 1200; index += 1)
        await recordAudit(tx, new Date(), { actor: eva, act: 'signed-in', subject: `session ${index}` })
    })
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, rows: 1200 })
    await owner.query("update audit set subject = 'x' where id = 1100")
    expect(await verifyAudit(database.db)).toEqual({ ok: false, fault: { kind: 'changed', id: 1100 } })
  })
})
