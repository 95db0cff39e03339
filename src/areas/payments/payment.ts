import type { Ore } from '../../base/money.ts'
import type { CheckoutFact, PaidWith } from '../../outside/ports/provider.ts'

/**
 * A payment's life, as data. `created`: our row exists, the provider has not answered yet. `open`: it can be paid.
 * `failed`: the provider gave us no page to pay on, so nothing could ever be paid.
 */
export type PaymentState = 'created' | 'open' | 'paid' | 'declined' | 'cancelled' | 'expired' | 'failed'

/**
 * Which state may follow which, and what the step is called. Truth from the provider is always admissible: a payment
 * that we had given up and that turns out to be paid is paid (money wins). Nothing leaves `paid`.
 */
export const steps: Record<PaymentState, Partial<Record<PaymentState, string>>> = {
  created: { open: 'opened', failed: 'not-opened', paid: 'paid' },
  open: { paid: 'paid', declined: 'declined', cancelled: 'cancelled', expired: 'expired' },
  declined: { paid: 'paid-after-all' },
  cancelled: { paid: 'paid-after-all' },
  expired: { paid: 'paid-after-all' },
  failed: { paid: 'paid-after-all' },
  paid: {},
}

/** States in which a payment keeps its debts from being paid in another. */
export function canStillBePaid(state: PaymentState): boolean {
  return state === 'created' || state === 'open'
}

/** What must be true of a payment to judge a fact about it. */
export interface Judged {
  state: PaymentState
  amount: Ore
  currency: string
  expiresAt: Date
  /** The provider has told us that a card was refused. Decides only the word for a checkout that has ended unpaid. */
  declinedTry: boolean
}

export type ParkReason =
  | 'amount-differs'
  | 'currency-differs'
  | 'checkout-unknown'
  | 'surplus'
  | 'koha-undecidable'
  | 'koha-refuses'
  | 'koha-differs'
  | 'refund-undecidable'
  | 'refund-failed'
  | 'refund-not-in-koha'
  | 'refunded-elsewhere'
  | 'disputed'

export type Decision =
  /** Nothing new is known: ask again by plan. */
  | { kind: 'wait' }
  | {
      kind: 'move'
      to: PaymentState
      step: string
      paid?: { chargeId: string; at: string | null; with: PaidWith }
    }
  /** The money is held and must be taken; then ask again. */
  | { kind: 'charge' }
  /** Its time is up and it can still be paid: make it unpayable; then ask again. */
  | { kind: 'close' }
  | { kind: 'park'; reason: ParkReason; detail: string }

/**
 * What to do about a payment, given what the provider says. Pure: the same fact twice gives the same decision, and a
 * fact that fits no step changes nothing. An unknown answer is never a failure.
 */
export function decide(payment: Judged, fact: CheckoutFact, now: Date): Decision {
  switch (fact.kind) {
    case 'paid':
      return decidePaid(payment, fact)
    case 'reserved':
      return decideReserved(payment, fact)
    case 'open':
      return payment.state === 'open' && now >= payment.expiresAt ? { kind: 'close' } : { kind: 'wait' }
    case 'ended':
      return move(payment.state, wordForEnd(payment, fact.how, now))
    case 'absent':
      return {
        kind: 'park',
        reason: 'checkout-unknown',
        detail: 'the provider says that it knows no such checkout',
      }
    case 'unknown':
      return { kind: 'wait' }
  }
}

/**
 * We close checkouts ourselves, when they are given up and when their time is up. Nets calls both cancelled, Stripe
 * both expired: so the clock decides, not the provider's word.
 */
function wordForEnd(payment: Judged, how: 'declined' | 'cancelled' | 'expired', now: Date): PaymentState {
  if (how === 'declined' || payment.declinedTry) return 'declined'
  return now >= payment.expiresAt ? 'expired' : 'cancelled'
}

function decidePaid(payment: Judged, fact: CheckoutFact & { kind: 'paid' }): Decision {
  if (payment.state === 'paid') return { kind: 'wait' }
  if (fact.currency !== payment.currency) {
    return {
      kind: 'park',
      reason: 'currency-differs',
      detail: `charged in ${fact.currency}, expected ${payment.currency}`,
    }
  }
  if (fact.charged !== payment.amount) {
    return {
      kind: 'park',
      reason: 'amount-differs',
      detail: `charged ${fact.charged} öre, expected ${payment.amount} öre`,
    }
  }
  const decision = move(payment.state, 'paid')
  return decision.kind === 'move'
    ? { ...decision, paid: { chargeId: fact.chargeId, at: fact.paidAt, with: fact.with } }
    : decision
}

function decideReserved(payment: Judged, fact: CheckoutFact & { kind: 'reserved' }): Decision {
  if (payment.state === 'paid') return { kind: 'wait' }
  if (fact.currency !== payment.currency || fact.reserved !== payment.amount) {
    return {
      kind: 'park',
      reason: fact.currency === payment.currency ? 'amount-differs' : 'currency-differs',
      detail: `reserved ${fact.reserved} öre ${fact.currency}, expected ${payment.amount} öre ${payment.currency}`,
    }
  }
  return { kind: 'charge' }
}

function move(from: PaymentState, to: PaymentState): Decision {
  const step = steps[from][to]
  return step === undefined ? { kind: 'wait' } : { kind: 'move', to, step }
}
