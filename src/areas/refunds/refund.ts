import { type Ore, ore, sum } from '../../base/money.ts'
import type { CheckoutFact, RefundFact } from '../../outside/ports/provider.ts'
import type { Oddity } from './case-facts.ts'

/**
 * A refund's life, as data. `sending`: it has been decided to ask the provider, and what came of it is not known yet.
 * `pending`: the provider has it and the money has not left (our account there lacks it). Booked when `done`: until
 * then nothing has moved that the provider owes us.
 */
export type RefundState = 'proposed' | 'approved' | 'sending' | 'pending' | 'done' | 'failed' | 'withdrawn'

/**
 * Which state may follow which, and what the step is called. Truth from the provider is always admissible, here as
 * among payments: a refund can come back from the payer's bank, and one that was given up can turn out to be done.
 */
export const refundSteps: Record<RefundState, Partial<Record<RefundState, string>>> = {
  proposed: { approved: 'refund-approved', withdrawn: 'refund-withdrawn' },
  approved: { sending: 'refund-sending', failed: 'refund-failed' },
  sending: { pending: 'refund-pending', done: 'refunded', failed: 'refund-failed' },
  pending: { done: 'refunded', failed: 'refund-failed' },
  done: { failed: 'refund-returned' },
  failed: { pending: 'refund-pending-after-all', done: 'refunded-after-all' },
  withdrawn: {},
}

/** Returns the name of a step; throws when there is no such step. */
export function refundStepTo(from: RefundState, to: RefundState): string {
  const step = refundSteps[from][to]
  if (step === undefined) throw new Error(`No refund goes from ${from} to ${to}`)
  return step
}

/** While one of these is there no other refund of the payment may begin. */
export function isOnItsWay(state: RefundState): boolean {
  return state === 'proposed' || state === 'approved' || state === 'sending'
}

/** Whether its money is given back, or may be: then it cannot be given back by another. */
export function takesMoney(state: RefundState): boolean {
  return state !== 'failed' && state !== 'withdrawn'
}

/** What can still be given back of a payment, öre: never more than paid − refunded − under way − disputed. */
export function refundable(paid: Ore, refunds: { state: RefundState; amount: Ore }[], disputed: Ore): Ore {
  const taken = sum(refunds.filter(({ state }) => takesMoney(state)).map(({ amount }) => amount))
  return ore(Math.max(0, paid - taken - disputed))
}

export type PaidFact = Extract<CheckoutFact, { kind: 'paid' }>

/** What the provider would still give back, öre. It counts its refunds in two ways; the smaller answer is taken. */
export function roomAtProvider({ charged, refunded, refunds, disputed }: PaidFact): Ore {
  const listed = sum(refunds.filter(({ state }) => state !== 'failed').map(({ amount }) => amount))
  return ore(Math.max(0, charged - Math.max(refunded, listed) - disputed))
}

/** Sums from here on want the word of two, öre. Parts of one payment count together, or a limit would be no limit. */
export function wantsApproval(
  amount: Ore,
  earlier: { cause: string; state: RefundState; amount: Ore }[],
  from: Ore,
): boolean {
  const before = earlier.filter(({ cause, state }) => cause === 'person' && takesMoney(state))
  return amount + sum(before.map((refund) => refund.amount)) >= from
}

export interface KnownRefund {
  id: number
  reference: string
  amount: Ore
  state: RefundState
  /** Null until the provider has told us. */
  providerId: string | null
}

export interface RefundNews {
  moves: { id: number; to: 'pending' | 'done' | 'failed'; step: string; providerId: string }[]
  /** Refunds that nobody here asked for: made in the provider's own pages. */
  strangers: RefundFact[]
  /** What contradicts itself. */
  odd: Oddity[]
}

/**
 * What the provider's list of refunds says about ours. One is known by the provider's id, else by our reference. Where
 * the provider keeps no reference, one of the same sum that appeared while ours was on its way is taken for ours:
 * those that were there before have been taken in by the look that goes before every sending.
 */
export function matchProviderRefunds(ours: KnownRefund[], facts: RefundFact[]): RefundNews {
  const news: RefundNews = { moves: [], strangers: [], odd: [] }
  const claimed = new Set<number>()
  for (const fact of facts) {
    const mine = ownerOf(fact, ours, claimed)
    if (!mine) {
      if (fact.state !== 'failed') news.strangers.push(fact)
      continue
    }
    claimed.add(mine.id)
    if (mine.amount !== fact.amount) {
      const refund = mine.reference
      news.odd.push({ kind: 'sum-differs', refund, atProvider: fact.amount, here: mine.amount })
      continue
    }
    const step = refundSteps[mine.state][fact.state]
    if (step !== undefined) news.moves.push({ id: mine.id, to: fact.state, step, providerId: fact.id })
  }
  return news
}

function ownerOf(fact: RefundFact, ours: KnownRefund[], claimed: Set<number>): KnownRefund | undefined {
  const byId = ours.find(({ providerId }) => providerId === fact.id)
  if (byId) return byId
  const free = ours.filter(({ id, providerId }) => providerId === null && !claimed.has(id))
  if (fact.reference !== null) return free.find(({ reference }) => reference === fact.reference)
  if (fact.state === 'failed') return undefined
  // `done` without an id: a person said so when it could not be decided.
  return free.find(({ state, amount }) => (state === 'sending' || state === 'done') && amount === fact.amount)
}

/** When a refund that waits at the provider is asked about again: a minute, two, four, … at most six hours. Milliseconds. */
export function pendingDelay(tries: number): number {
  return Math.min(6 * 3600, 60 * 2 ** Math.min(tries, 12)) * 1000
}

/** The reference of a payment's nth refund. */
export function refundReference(reference: string, count: number): string {
  return `${reference}-R${count + 1}`
}

/** What the postings of a refund are caused by: the refund, and when it has come back and gone again, which time. */
export function refundCause(reference: string, timesDone: number): string {
  return timesDone <= 1 ? reference : `${reference}-${timesDone}`
}
