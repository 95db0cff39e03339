import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { MIGRATIONS } from '../../../src/database/migrate.ts'

const THIS = '0020_cases_instead_of_parked.sql'

describe('what the version before had parked', () => {
  const name = `kvitt_${randomBytes(6).toString('hex')}`
  let admin: pg.Client
  let before: pg.Client
  beforeEach(async () => {
    const server = inject('databaseServer')
    admin = new pg.Client({ connectionString: server })
    await admin.connect()
    await admin.query(`create database ${name}`)
    const address = new URL(server)
    address.pathname = `/${name}`
    before = new pg.Client({ connectionString: address.href })
    await before.connect()
    for (const file of readdirSync(MIGRATIONS).sort()) if (file < THIS) await run(file)
  })
  afterEach(async () => {
    await before.end()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  })

  const run = (file: string) => before.query(readFileSync(join(MIGRATIONS, file), 'utf8'))
  const payment = async (reference: string, parked: string | null, detail: string | null) => {
    const { rows } = await before.query(
      `insert into payment (reference, patron_id, state, amount, currency, language, provider, created_at, expires_at, parked, parked_detail, parked_at)
       values ($1, 1, 'paid', 100, 'SEK', 'sv', 'x', now(), now(), $2, $3, case when $2::text is null then null else timestamptz '2026-01-01' end)
       returning id`,
      [reference, parked, detail],
    )
    return Number(rows[0].id)
  }

  it('is a case each: a payment, a refund once, and a write-back that stood in no list', async () => {
    await payment('KV-A', 'amount-differs', 'charged 2900 öre, expected 3000 öre')
    const b = await payment('KV-B', 'refund-failed', 'KV-B-R1: 1.00 kr could not be refunded')
    await before.query(
      `insert into refund (payment_id, reference, cause, state, amount, reason, proposed_by, proposed_at, parked, parked_detail, parked_at)
       values ($1, 'KV-B-R1', 'person', 'failed', 100, 'x', 'eva', now(), 'refund-failed', 'KV-B-R1: 1.00 kr could not be refunded', '2026-01-01')`,
      [b],
    )
    const writeBack = `insert into write_back (payment_id, patron_id, state, last_trouble, created_at) values ($1, 1, 'parked', '404', '2026-02-01')`
    await before.query(writeBack, [b])
    await payment('KV-C', null, null)

    await run(THIS)
    const { rows } = await before.query(
      `select kind, subject_kind, subject, facts->>'old' as old from work_case order by subject, kind`,
    )
    expect(rows).toEqual([
      {
        kind: 'amount-differs',
        subject_kind: 'payment',
        subject: 'KV-A',
        old: 'charged 2900 öre, expected 3000 öre',
      },
      { kind: 'koha-refuses', subject_kind: 'payment', subject: 'KV-B', old: '404' },
      {
        kind: 'refund-failed',
        subject_kind: 'refund',
        subject: 'KV-B-R1',
        old: 'KV-B-R1: 1.00 kr could not be refunded',
      },
    ])
  })
})
