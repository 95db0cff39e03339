import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dispute, finishRefund, refund as refundAtCards, refundable } from '../../../sandbox/cards/acts.ts'
import type { FaultKind } from '../../../sandbox/cards/faults.ts'
import { chargedSum } from '../../../sandbox/cards/payment.ts'
import { wellBehaved } from '../../../sandbox/cards/webhooks.ts'
import type { Fault } from '../../../sandbox/koha/faults.ts'
import { giveUpPayment } from '../../../src/areas/payments/give-up-payment.ts'
import { readPayment } from '../../../src/areas/payments/store.ts'
import { approveRefund } from '../../../src/areas/refunds/approve-refund.ts'
import { refundsOf } from '../../../src/areas/refunds/store.ts'
import { fourBooks } from '../../support/four-books.ts'
import type { Town } from '../../support/town.ts'
import { actor, castOf, erik, type RefundCast, townWith } from '../refunds/refund-cast.ts'

/** What may happen, in any order. `which` is one of two payments under way at the same time. */
type Happening =
  | {
      happens: 'card paid' | 'card declined' | 'given up' | 'disputed' | 'pending end well' | 'pending fail'
      which: number
    }
  | { happens: 'paid at the desk' | 'refund' | 'refund elsewhere'; which: number; part: number }
  | { happens: 'refunds become'; state: 'completed' | 'pending' | 'failed' }
  | {
      happens: 'webhooks become'
      drop: 'none' | 'all' | 'every-other'
      copies: number
      order: 'backwards' | 'shuffled'
    }
  | { happens: 'provider fails'; kind: FaultKind; times: number }
  | { happens: 'koha fails'; kind: Fault['kind']; on: Fault['on']; times: number }
  | { happens: 'work' }
  | { happens: 'time passes'; seconds: number }

const which = fc.integer({ min: 0, max: 1 })
const part = fc.double({ min: 0.01, max: 1, noNaN: true })
const times = fc.integer({ min: 1, max: 4 })
const is = <T extends string>(happens: T) => fc.constant(happens)

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ happens: is('card paid'), which }) },
  { weight: 8, arbitrary: fc.record({ happens: is('work') }) },
  { weight: 4, arbitrary: fc.record({ happens: is('time passes'), seconds: fc.constantFrom(30, 120, 900) }) },
  { weight: 8, arbitrary: fc.record({ happens: is('refund'), which, part }) },
  {
    weight: 1,
    arbitrary: fc.record({ happens: fc.constantFrom('card declined', 'given up', 'disputed'), which }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ happens: fc.constantFrom('pending end well', 'pending fail'), which }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ happens: fc.constantFrom('paid at the desk', 'refund elsewhere'), which, part }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      happens: is('refunds become'),
      state: fc.constantFrom('completed', 'pending', 'failed'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      happens: is('webhooks become'),
      drop: fc.constantFrom('none', 'all', 'every-other'),
      copies: fc.constantFrom(1, 3),
      order: fc.constantFrom('backwards', 'shuffled'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      happens: is('provider fails'),
      kind: fc.constantFrom('error', 'error-after', 'cut', 'cut-after', 'invalid-json', 'too-many'),
      times,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      happens: is('koha fails'),
      kind: fc.constantFrom(
        '500-before',
        '500-after',
        'cut-after',
        'down',
        'html',
        '401',
        '403',
        '404',
        '503',
      ),
      on: fc.constantFrom('all', 'reads', 'credits', 'debits'),
      times,
    }),
  },
)

/** Öre of each line; at least what can be paid at once. */
const lines = fc.array(fc.integer({ min: 1000, max: 60_000 }), { minLength: 1, maxLength: 3 })

describe.each(['nets-easy', 'stripe'])(
  'whatever happens to payments through %s, in whatever order',
  (provider) => {
    let town: Town
    let cast: RefundCast
    beforeAll(async () => {
      town = await townWith(provider)
      cast = castOf(town)
    })
    afterAll(() => town.stop())

    it('the four books agree in the end, nothing is credited twice, and no öre is lost', {
      timeout: 300_000,
    }, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.tuple(lines, lines),
          // Whether both are paid and registered before the story begins: then it is about refunds.
          fc.boolean(),
          fc.array(happening, { minLength: 8, maxLength: 30, size: 'max' }),
          async (wanted, settled, story) => {
            calm(town)
            const references = [await start(town, 'elsa', wanted[0]), await start(town, 'amir', wanted[1])]
            if (settled) for (const reference of references) town.payByCard(reference)
            if (settled) await town.work()
            for (const one of story) await happen(town, cast, references, one)
            calm(town)
            for (const reference of references) endPending(town, reference, 'Completed')
            await town.passTime(4 * 3600, 900)
            // A day later each is looked at once more: news that was lost is found.
            await town.passTime(24 * 3600, 6 * 3600)
            for (const reference of references) await compare(town, reference)
          },
        ),
        {
          numRuns: Number(process.env.MODEL_RUNS ?? 8),
          endOnFailure: true,
          interruptAfterTimeLimit: 120_000,
        },
      )
    })
  },
)

function calm({ cards, koha }: Town): void {
  cards.world.faults.clear()
  koha.world.faults.clear()
  cards.world.refunds = 'completed'
  Object.assign(cards.world.webhooks.behaviour, wellBehaved)
}

async function start(town: Town, userid: string, wanted: number[]): Promise<string> {
  const patronId = town.koha.world.patron(userid).id
  const types = ['LOST', 'PROCESSING', 'MANUAL']
  const debits = wanted.map((öre, at) =>
    town.koha.world.addDebit({ patronId, type: types[at] ?? 'MANUAL', amount: öre / 100, libraryId: 'BIO' }),
  )
  return town.started(
    userid,
    debits.map(({ id }) => id),
  )
}

async function happen(town: Town, cast: RefundCast, references: string[], one: Happening): Promise<void> {
  const { cards, koha, context } = town
  const reference = 'which' in one ? (references[one.which] ?? '') : ''
  switch (one.happens) {
    case 'card paid':
      return town.payByCard(reference)
    case 'card declined':
      return town.declineCard(reference)
    case 'given up':
      await giveUpPayment(context, reference)
      return
    case 'disputed':
      if (town.atCards(reference).provider === 'stripe') disputeSome(town, reference)
      return
    case 'pending end well':
      return endPending(town, reference, 'Completed')
    case 'pending fail':
      return endPending(town, reference, 'Failed')
    case 'paid at the desk':
      return payAtDesk(town, reference, one.part)
    case 'refund':
      return proposeSome(town, cast, reference, one.part)
    case 'refund elsewhere':
      return refundElsewhere(town, reference, one.part)
    case 'refunds become':
      cards.world.refunds = one.state
      return
    case 'webhooks become':
      Object.assign(cards.world.webhooks.behaviour, one)
      return
    case 'provider fails':
      return cards.world.faults.add({ on: 'any', kind: one.kind, times: one.times })
    case 'koha fails':
      return koha.world.faults.add({ kind: one.kind, on: one.on, times: one.times })
    case 'work':
      return town.work()
    case 'time passes':
      return town.passTime(one.seconds, 60)
  }
}

async function proposeSome(town: Town, cast: RefundCast, reference: string, share: number): Promise<void> {
  const left = await cast.left(reference)
  const amount = Math.max(1, Math.floor(left * share)) as typeof left
  const outcome = await cast.propose(reference, { kind: 'sum', amount })
  if (outcome.kind === 'proposed') await approveRefund(town.context, outcome.refund, actor(erik))
}

function refundElsewhere(town: Town, reference: string, share: number): void {
  const payment = town.atCards(reference)
  const [charge] = payment.charges
  const amount = Math.floor(refundable(payment) * share)
  if (charge && amount > 0 && payment.disputes.length === 0)
    refundAtCards(town.cards.world, payment, { chargeId: charge.id, amount, reference: null })
}

function disputeSome(town: Town, reference: string): void {
  const payment = town.atCards(reference)
  const left = refundable(payment)
  if (left > 0 && payment.disputes.length === 0) dispute(town.cards.world, payment, left)
}

function endPending(town: Town, reference: string, state: 'Completed' | 'Failed'): void {
  const payment = town.atCards(reference)
  for (const made of payment.refunds)
    if (made.state === 'Pending') finishRefund(town.cards.world, payment, made, state)
}

/** Some of the newest debt of who pays is paid at the desk. */
function payAtDesk(town: Town, reference: string, share: number): void {
  const payment = town.atCards(reference)
  const debit = [...town.koha.world.tables.lines.values()]
    .filter(({ kind, outstanding }) => kind === 'debit' && outstanding > 0)
    .findLast(({ amount }) => payment.items.some((item) => item.grossTotalAmount * 10_000 === amount))
  if (!debit) return
  const öre = Math.max(1, Math.floor((debit.outstanding / 10_000) * share))
  town.koha.world.payAtDesk({ patronId: debit.patronId, debitIds: [debit.id], amount: öre / 100 })
}

async function compare(town: Town, reference: string): Promise<void> {
  const { db } = town.context
  const payment = await readPayment(db, reference)
  const charged = chargedSum(town.atCards(reference))
  expect([reference, payment?.state === 'paid']).toEqual([reference, charged > 0])
  if (payment?.state !== 'paid') {
    const traces = await db.query('select 1 from posting where starts_with(cause, $1)', [reference])
    expect(traces).toEqual([])
    return
  }
  const refunds = await refundsOf(db, payment.id)
  const stuck = refunds.filter(({ state, parked }) => state === 'sending' && parked === null)
  expect(stuck).toEqual([])
  const books = await fourBooks(town, reference)
  expect(books.differences).toEqual([])
  // Every öre is somewhere, or a person has been told.
  if (books.koha === null) expect(payment.parked).not.toBeNull()
}
