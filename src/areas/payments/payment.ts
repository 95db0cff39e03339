import type { Ore } from '../../base/money.ts'
import type { CheckoutFact, PaidWith } from '../../outside/ports/provider.ts'
import type { UnpaidCases } from './case-facts.ts'

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

/** Returns the name of a step; throws when there is no such step. */
export function stepTo(from: PaymentState, to: PaymentState): string {
  const step = steps[from][to]
  if (step === undefined) throw new Error(`No payment goes from ${from} to ${to}`)
  return step
}

/** States in which a payment keeps its debts from being paid in another. */
export function canStillBePaid(state: PaymentState): boolean {
  return state === 'created' || state === 'open'
}

/** What must be true of a payment to judge a fact about it. */
export interface PaymentFacts {
  state: PaymentState
  amount: Ore
  currency: string
  expiresAt: Date
  /** The provider has told us that a card was refused. Decides only the word for a checkout that has ended unpaid. */
  declinedTry: boolean
}

export type Decision =
  /** Nothing new is known: ask again by plan. */
  | { kind: 'wait' }
  | { kind: 'move'; to: 'paid'; step: string; paid: { chargeId: string; at: string | null; with: PaidWith } }
  | { kind: 'move'; to: Unpaid; step: string }
  /** The money is held and must be taken; then ask again. */
  | { kind: 'charge' }
  /** Its time is up and it can still be paid: make it unpayable; then ask again. */
  | { kind: 'close' }
  | { kind: 'ask-a-person'; case: UnpaidCase }

/** How a checkout ends without money. */
type Unpaid = 'declined' | 'cancelled' | 'expired'

type UnpaidCase = { [Kind in keyof UnpaidCases]: { kind: Kind; facts: UnpaidCases[Kind] } }[keyof UnpaidCases]

/**
 * What to do about a payment, given what the provider says. Pure: the same fact twice gives the same decision, and a
 * fact that fits no step changes nothing. An unknown answer is never a failure.
 */
export function decide(payment: PaymentFacts, fact: CheckoutFact, now: Date): Decision {
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
      return { kind: 'ask-a-person', case: { kind: 'checkout-unknown', facts: {} } }
    case 'unknown':
      return { kind: 'wait' }
  }
}

/**
 * We close checkouts ourselves, when they are given up and when their time is up. Nets calls both cancelled, Stripe
 * both expired: so the clock decides, not the provider's word.
 */
function wordForEnd(payment: PaymentFacts, how: Unpaid, now: Date): Unpaid {
  if (how === 'declined' || payment.declinedTry) return 'declined'
  return now >= payment.expiresAt ? 'expired' : 'cancelled'
}

function decidePaid(payment: PaymentFacts, fact: CheckoutFact & { kind: 'paid' }): Decision {
  if (payment.state === 'paid') return { kind: 'wait' }
  if (fact.currency !== payment.currency || fact.charged !== payment.amount)
    return otherSum(payment, { said: 'charged', amount: fact.charged, currency: fact.currency })
  const step = steps[payment.state].paid
  if (step === undefined) return { kind: 'wait' }
  const paid = { chargeId: fact.chargeId, at: fact.paidAt, with: fact.with }
  return { kind: 'move', to: 'paid', step, paid }
}

function decideReserved(payment: PaymentFacts, fact: CheckoutFact & { kind: 'reserved' }): Decision {
  if (payment.state === 'paid') return { kind: 'wait' }
  if (fact.currency !== payment.currency || fact.reserved !== payment.amount)
    return otherSum(payment, { said: 'reserved', amount: fact.reserved, currency: fact.currency })
  return { kind: 'charge' }
}

function otherSum(
  payment: PaymentFacts,
  said: Pick<UnpaidCases['amount-differs'], 'said' | 'amount' | 'currency'>,
): Decision {
  const kind = said.currency === payment.currency ? 'amount-differs' : 'currency-differs'
  const facts = { ...said, expected: payment.amount, expectedCurrency: payment.currency }
  return { kind: 'ask-a-person', case: { kind, facts } }
}

function move(from: PaymentState, to: Unpaid): Decision {
  const step = steps[from][to]
  return step === undefined ? { kind: 'wait' } : { kind: 'move', to, step }
}
