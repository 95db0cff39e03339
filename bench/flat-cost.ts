import { sumsToExport, unexported } from '../src/areas/exports/batch-store.ts'
import { doDueWriteBacks } from '../src/areas/koha-account/do-due-write-backs.ts'
import { retriedPayments } from '../src/areas/operations/leftover-store.ts'
import { paymentsByState, remainingWork } from '../src/areas/operations/store.ts'
import { listPayments, totalsOfPayments } from '../src/areas/payments/list-store.ts'
import { settleDuePayments } from '../src/areas/payments/settle-due-payments.ts'
import { startPayment } from '../src/areas/payments/start-payment.ts'
import { localDay } from '../src/base/calendar.ts'
import { ore } from '../src/base/money.ts'
import type { Context } from '../src/work/context.ts'
import { AMOUNT, fillSettled } from '../test/support/filled-tables.ts'
import { type Figure, median } from './support/figure.ts'
import { type InstantWorld, startInstantWorld } from './support/instant-world.ts'

const FEW = 1000
const ROUNDS = 9
const PAYMENTS = 200
const VIEWS = 20
/** A patron whom no filled table knows, for each payment that is started. */
let nextPatron = 500_000_000

/**
 * A payment from its start to Koha, the lists that staff and alarms look at, and sums over all payments or a year (on
 * the list and at each scrape of /metrics), with a thousand payments in the tables and with so many. The two databases take turns, so that a disturbed minute disturbs both.
 */
export async function flatCost(many = 1_000_000): Promise<Figure[]> {
  const small = await startInstantWorld()
  const large = await startInstantWorld()
  try {
    for (const [world, payments] of [
      [small, FEW],
      [large, many],
    ] as const) {
      await fillSettled(world.owner, payments)
      await world.owner.query('vacuum analyze')
    }
    return [
      await compare('flat-cost-payment', many, small, large, payAndRegister),
      await compare('flat-cost-lists', many, small, large, lookAtLists),
      await compare('flat-cost-sums', many, small, large, lookAtSums),
    ]
  } finally {
    await small.close()
    await large.close()
  }
}

async function compare(
  name: string,
  many: number,
  small: InstantWorld,
  large: InstantWorld,
  work: (context: Context) => Promise<number>,
): Promise<Figure> {
  const rounds: { few: number; many: number }[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const cost = { few: await work(small.context), many: await work(large.context) }
    // The first fills the caches.
    if (round > 0) rounds.push(cost)
  }
  const middle = (part: 'few' | 'many') => median(rounds.map((round) => round[part])).toFixed(2)
  return {
    name,
    ratio: median(rounds.map((round) => round.many / round.few)),
    goal: { at: 'most', ratio: 1.2 },
    words: `${middle('many')} ms with ${many} payments in the tables, ${middle('few')} ms with ${FEW}`,
  }
}

/** Milliseconds for each payment. */
async function payAndRegister(context: Context): Promise<number> {
  const begun = performance.now()
  for (let started = 0; started < PAYMENTS; started += 8)
    await Promise.all(Array.from({ length: 8 }, () => startOne(context)))
  const soon = { ...context, clock: { now: () => new Date(Date.now() + 60_000) } }
  while ((await settleDuePayments(soon)) > 0);
  while ((await doDueWriteBacks(soon)) > 0);
  return (performance.now() - begun) / PAYMENTS
}

async function startOne(context: Context): Promise<void> {
  const patronId = nextPatron++
  const outcome = await startPayment(context, {
    patronId,
    debitIds: [patronId],
    shown: ore(AMOUNT),
    language: 'sv',
    receiptEmail: null,
  })
  if (outcome.kind !== 'started') throw new Error(`Not started: ${JSON.stringify(outcome)}`)
}

const everything = { reference: null, state: null, from: null, to: null, among: null }

/** An ISO date. */
function daysAgo(now: Date, days: number): string {
  return localDay(new Date(now.getTime() - days * 86_400_000))
}

/** Milliseconds for one look at each. */
async function lookAtLists({ db, clock }: Context): Promise<number> {
  const longAgo = daysAgo(clock.now(), 150)
  const begun = performance.now()
  for (let view = 0; view < VIEWS; view += 1) {
    await listPayments(db, everything, { before: null, limit: 50 })
    await listPayments(db, { ...everything, state: 'koha' }, { before: null, limit: 50 })
    await listPayments(db, { ...everything, from: longAgo, to: longAgo }, { before: null, limit: 50 })
    await retriedPayments(db, 50)
    await remainingWork(db, clock.now())
    await unexported(db)
    await sumsToExport(db, clock.now())
  }
  return (performance.now() - begun) / VIEWS
}

/** Milliseconds for one look at each. */
async function lookAtSums({ db, clock }: Context): Promise<number> {
  const year = { ...everything, from: daysAgo(clock.now(), 365), to: daysAgo(clock.now(), 0) }
  const begun = performance.now()
  for (let view = 0; view < VIEWS; view += 1) {
    await totalsOfPayments(db, everything)
    await totalsOfPayments(db, year)
    await paymentsByState(db)
  }
  return (performance.now() - begun) / VIEWS
}
