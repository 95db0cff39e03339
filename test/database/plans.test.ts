import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countOpenCases, listOpenCases, openCasesOf } from '../../src/areas/cases/store.ts'
import {
  batchesOfCauses,
  causesToExport,
  listBatches,
  sumsOfBatch,
  sumsToExport,
  unexported,
} from '../../src/areas/exports/batch-store.ts'
import { makeBatch } from '../../src/areas/exports/make-batch.ts'
import { retriedPayments } from '../../src/areas/operations/leftover-store.ts'
import { remainingWork } from '../../src/areas/operations/store.ts'
import { eventsOf } from '../../src/areas/payments/event-store.ts'
import { listPayments, type PaymentFilter, totalsOfPayments } from '../../src/areas/payments/list-store.ts'
import { paymentsOf } from '../../src/areas/payments/store.ts'
import type { Actor } from '../../src/base/actor.ts'
import { localDay } from '../../src/base/calendar.ts'
import { connect, type Sql } from '../../src/database/database.ts'
import type { Context } from '../../src/work/context.ts'
import { type Explained, explaining, pagesReadBy } from '../support/explaining.ts'
import { fillSettled, fillToExport } from '../support/filled-tables.ts'
import { startTown, type Town } from '../support/town.ts'

/** These only grow. What reads one of them from end to end gets slower every year. */
const GROWING = [
  'payment',
  'payment_line',
  'payment_event',
  'posting',
  'write_back',
  'koha_credit',
  'notice',
  'webhook',
  'batch_posting',
]
/** So many that reading all of them is the dearer way. */
const PAYMENTS = 20_000

let town: Town
let explained: Explained[]
let control: Explained | undefined
beforeAll(async () => {
  town = await startTown()
  const owner = connect({ url: town.database.url, connections: 1, as: 'owner' })
  await fillSettled(owner, PAYMENTS)
  await fillToExport(owner, 20)
  // A few of long ago that came to nothing.
  await owner.query("update payment set state = 'failed', paid_at = null where id % 1000 = 7 and id < 10000")
  await owner.query('vacuum analyze')
  await owner.close()
  const watched = explaining(town.context.db)
  // The town's own flows use what its context holds.
  Object.assign(town.context, { db: watched.db })
  await liveThroughADay(town)
  explained = watched.explained
  await watched.db.query('select amount from payment where receipt_email is null')
  control = watched.explained.at(-1)
}, 120_000)
afterAll(() => town.stop())

/** Elsa pays, Amir is declined and gives up, Koha is down for a while, the office looks at its lists and makes a batch. */
async function liveThroughADay({ context, koha, ...day }: Town): Promise<void> {
  const paid = await day.started('elsa')
  day.payByCard(paid)
  await day.started('ingrid')
  await day.work()
  await koha.goDown()
  const later = await day.started('siv').catch(() => undefined)
  await day.passTime(120)
  await koha.comeUp()
  await day.passTime(600, 60)
  expect(later).toBeUndefined()
  await lookAtEverything(context, koha.world.patron('elsa').id)
}

async function lookAtEverything(context: Context, patronId: number): Promise<void> {
  const { db, clock } = context
  const actor: Actor = { who: 'eva@demo.kvitt.example', role: 'economy', address: null, request: null }
  const page = { before: PAYMENTS / 2, limit: 50 }
  const none: PaymentFilter = { reference: null, state: null, from: null, to: null, among: null }
  const today = clock.now().toISOString().slice(0, 10)
  const filters: PaymentFilter[] = [
    { ...none, from: today, to: today },
    { ...none, state: 'koha' },
    { ...none, state: 'under-way' },
    { ...none, state: 'parked' },
    { ...none, among: ['BENCH-17'] },
  ]
  await listPayments(db, none, page)
  for (const filter of filters) {
    await listPayments(db, filter, { before: null, limit: 50 })
    await totalsOfPayments(db, filter)
  }
  await paymentsOf(db, patronId, 20)
  await eventsOf(db, 17)
  await listOpenCases(db, ['surplus'], 50)
  await openCasesOf(db, 17)
  await countOpenCases(db)
  await retriedPayments(db, 50)
  await remainingWork(db, clock.now())
  await unexported(db)
  await causesToExport(db)
  await batchesOfCauses(db, ['BENCH-17'])
  await sumsToExport(db, clock.now())
  await makeBatch(context, { actor })
  await listBatches(db, null, 20)
  await sumsOfBatch(db, 3)
}

it('has seen the statements of a whole day', () => {
  expect(explained.length).toBeGreaterThan(40)
})

it('would notice a statement that reads a table from end to end', () => {
  expect(control?.scanned).toEqual(['payment'])
})

it('finds everything by an index, however many payments there have been', () => {
  const slow = explained.filter(({ scanned }) => scanned.some((table) => GROWING.includes(table)))
  expect(slow).toEqual([])
})

describe('a page of a list', () => {
  const none: PaymentFilter = { reference: null, state: null, from: null, to: null, among: null }
  const longAgo = () => localDay(new Date(town.clock.now().getTime() - 150 * 86_400_000))
  const page = { before: null, limit: 50 }
  const lists: [what: string, read: (sql: Sql) => Promise<{ id: number }[]>][] = [
    ['of today', (sql) => listPayments(sql, none, page)],
    ['of one day long ago', (sql) => listPayments(sql, { ...none, from: longAgo(), to: longAgo() }, page)],
    ['that comes long after the first', (sql) => listPayments(sql, none, { before: 5000, limit: 50 })],
    ['of a state that is rare', (sql) => listPayments(sql, { ...none, state: 'failed' }, page)],
    ['of what can still be paid', (sql) => listPayments(sql, { ...none, state: 'under-way' }, page)],
  ]
  it.each(lists)('%s is read without walking over the others', async (what, read) => {
    const { pages, rows } = await pagesReadBy(town.database.db, read)
    if (what !== 'of what can still be paid') expect(rows.length).toBeGreaterThan(5)
    // 50 payments with their write-backs, each by an index: three pages for each.
    expect(pages).toBeLessThan(200)
  })

  it('of all payments would be many pages', async () => {
    const { pages } = await pagesReadBy(town.database.db, (sql) =>
      listPayments(sql, { ...none, state: 'paid' }, { before: null, limit: PAYMENTS }),
    )
    expect(pages).toBeGreaterThan(600)
  })

  it('comes in the order in which they were paid or begun, each once over all pages', async () => {
    const day = longAgo()
    const filter = { ...none, from: day, to: day }
    const all = await listPayments(town.database.db, filter, { before: null, limit: 1000 })
    const times = all.map(({ at }) => at.getTime())
    expect(times).toEqual([...times].sort((a, b) => b - a))
    const paged: number[] = []
    for (let before: number | null = null; ; before = paged.at(-1) ?? null) {
      const found = await listPayments(town.database.db, filter, { before, limit: 7 })
      paged.push(...found.map(({ id }) => id))
      if (found.length < 7) break
    }
    expect(paged).toEqual(all.map(({ id }) => id))
  })
})
