import type { Operation } from '../../../sandbox/cards/faults.ts'
import { linesOf } from '../../../src/areas/payments/line-store.ts'
import { type Payment, readPayment } from '../../../src/areas/payments/store.ts'
import { disputedOf } from '../../../src/areas/refunds/dispute-store.ts'
import {
  type ProposalOutcome,
  proposeRefund,
  type RefundRequest,
} from '../../../src/areas/refunds/propose-refund.ts'
import { refundable } from '../../../src/areas/refunds/refund.ts'
import { type Refund, refundsOf } from '../../../src/areas/refunds/store.ts'
import type { Actor } from '../../../src/base/actor.ts'
import { type Ore, ore } from '../../../src/base/money.ts'
import { startTown, type Town } from '../../support/town.ts'

/** Eva works with the economy and proposes; Erik approves. */
export const eva = 'eva@demo.kvitt.example'
export const erik = 'erik@demo.kvitt.example'

/** Somebody of the staff, at a desk of theirs. */
export function actor(who: string): Actor {
  return { who, role: 'economy', address: '192.0.2.7', request: null }
}

/** A town whose payments go through one provider. */
export function townWith(
  provider: string,
  more: { refunds?: object; payments?: object } = {},
): Promise<Town> {
  return startTown((settings) => ({
    ...settings,
    koha: { ...settings.koha, readSeconds: 1, writeSeconds: 1 },
    payments: { ...settings.payments, provider, ...more.payments },
    refunds: more.refunds ?? {},
    providers: {
      'nets-easy': { ...settings.providers['nets-easy'], answerSeconds: 1 },
      stripe: { ...settings.providers.stripe, answerSeconds: 1 },
    },
  }))
}

export interface RefundCast {
  /** Somebody owes so much more (kronor), pays it, and it is registered. Answers the payment's reference. */
  paid(userid: string, kronor: number[]): Promise<string>
  /** The same, but nothing has been done about the payment yet. */
  paying(userid: string, kronor: number[]): Promise<string>
  payment(reference: string): Promise<Payment>
  refunds(reference: string): Promise<Refund[]>
  left(reference: string): Promise<Ore>
  propose(reference: string, what: RefundRequest, by?: string, shown?: Ore): Promise<ProposalOutcome>
  lineIds(reference: string): Promise<number[]>
  /** What the card company has given back, by state. */
  atProvider(reference: string): { amount: number; state: string }[]
  /** What the patron owes again because of refunds, kronor by debit type. */
  owedAgain(userid: string, reference: string): { type: string; kronor: number; note: string | null }[]
}

export function castOf(town: Town): RefundCast {
  const { db } = town.context
  const payment = async (reference: string) => {
    const found = await readPayment(db, reference)
    if (!found) throw new Error(`No payment ${reference}`)
    return found
  }
  const refunds = async (reference: string) => refundsOf(db, (await payment(reference)).id)
  const left = async (reference: string) => {
    const { id, amount } = await payment(reference)
    return refundable(amount, await refundsOf(db, id), await disputedOf(db, id))
  }
  const paying = async (userid: string, kronor: number[]) => {
    const types = ['LOST', 'PROCESSING', 'MANUAL']
    const patronId = town.koha.world.patron(userid).id
    const debits = kronor.map((amount, at) =>
      town.koha.world.addDebit({ patronId, type: types[at % 3] ?? 'MANUAL', amount, libraryId: 'BIO' }),
    )
    const reference = await town.started(
      userid,
      debits.map(({ id }) => id),
    )
    town.payByCard(reference)
    return reference
  }
  return {
    payment,
    refunds,
    left,
    paying,
    paid: async (userid, kronor) => {
      const reference = await paying(userid, kronor)
      await town.work()
      return reference
    },
    propose: async (reference, what, by = eva, shown) =>
      proposeRefund(town.context, {
        reference,
        what,
        shown: shown ?? (await left(reference)),
        reason: 'Boken var redan återlämnad',
        actor: actor(by),
      }),
    lineIds: async (reference) => (await linesOf(db, (await payment(reference)).id)).map(({ id }) => id),
    atProvider: (reference) =>
      town.atCards(reference).refunds.map(({ amount, state }) => ({ amount, state })),
    owedAgain: (userid, reference) =>
      town.koha.world
        .debitsOf(town.koha.world.patron(userid).id)
        .filter(({ description }) => description?.startsWith(`${reference}-R`))
        .map(({ type, amount, note }) => ({ type, kronor: amount / 1_000_000, note })),
  }
}

export const kronor = (amount: number): Ore => ore(amount * 100)

export function refundCall(provider: string): Operation {
  return provider === 'stripe' ? 'stripe.refund' : 'nets.refund'
}
