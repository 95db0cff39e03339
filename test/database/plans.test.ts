import { afterAll, beforeAll, expect, it } from 'vitest'
import { countOpenCases, listOpenCases, openCasesOf } from '../../src/areas/cases/store.ts'
import {
  batchesOfCauses,
  causesToExport,
  listBatches,
  postingsOfBatch,
  unexported,
} from '../../src/areas/exports/batch-store.ts'
import { makeBatch } from '../../src/areas/exports/make-batch.ts'
import { retriedPayments } from '../../src/areas/operations/leftover-store.ts'
import { remainingWork } from '../../src/areas/operations/store.ts'
import { eventsOf } from '../../src/areas/payments/event-store.ts'
import { listPayments, type PaymentFilter, totalsOfPayments } from '../../src/areas/payments/list-store.ts'
import { paymentsOf } from '../../src/areas/payments/store.ts'
import type { Actor } from '../../src/base/actor.ts'
import { connect } from '../../src/database/database.ts'
import type { Context } from '../../src/work/context.ts'
import { type Explained, explaining } from '../support/explaining.ts'
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
  await makeBatch(context, { actor })
  await listBatches(db, null, 20)
  await postingsOfBatch(db, 3)
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
