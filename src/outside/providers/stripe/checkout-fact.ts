import { type Ore, ore, sum } from '../../../base/money.ts'
import type { CheckoutFact, PaidWith, RefundFact } from '../../ports/provider.ts'
import type { StripeCharge, StripeDispute, StripeIntent, StripeRefund, StripeSession } from './answers.ts'

/**
 * Returns what is true of a Stripe Checkout Session, read with its PaymentIntent and latest charge. Paid is an
 * explicit `paid`. A decline sends the intent back to requires_payment_method and is final only once the session is
 * complete (delayed methods) or expired. docs.stripe.com/checkout/fulfillment. `disputes` are those of its charge,
 * asked for when the charge says that it is disputed.
 */
export function factOf(session: StripeSession, disputes: StripeDispute[] = []): CheckoutFact {
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null
  if (session.payment_status === 'paid') return paidFact(intent, disputes)
  if (session.payment_status !== 'unpaid') return unknown(`payment_status ${session.payment_status}`)
  if (intent?.status === 'requires_capture') {
    const reserved = ore(intent.amount_capturable ?? 0)
    return { kind: 'reserved', reserved, currency: intent.currency.toUpperCase() }
  }
  switch (session.status) {
    case 'open':
      return { kind: 'open', lastTry: intent?.last_payment_error ? 'declined' : null }
    case 'expired':
      // Told alike for a session that ran out and one that we expired: the caller knows which it asked for.
      return { kind: 'ended', how: 'expired' }
    case 'complete':
      return completeUnpaid(intent)
    default:
      return unknown(`status ${session.status ?? 'none'}`)
  }
}

/** The borrower has finished, the money is not there: a delayed method that works on, failed, or was taken back. */
function completeUnpaid(intent: StripeIntent | null): CheckoutFact {
  if (intent?.status === 'requires_payment_method') return { kind: 'ended', how: 'declined' }
  if (intent?.status === 'canceled') return { kind: 'ended', how: 'cancelled' }
  return unknown(`a complete session whose payment is ${intent?.status ?? 'missing'}`)
}

/** Returns the charge of a paid session that says of itself that it is disputed; null for all others. */
export function disputedCharge({ payment_intent: intent }: StripeSession): string | null {
  const charge = typeof intent === 'object' ? intent?.latest_charge : null
  return typeof charge === 'object' && charge?.disputed ? charge.id : null
}

function paidFact(intent: StripeIntent | null, disputes: StripeDispute[]): CheckoutFact {
  const charge = typeof intent?.latest_charge === 'object' ? intent.latest_charge : null
  if (!intent || !charge) return unknown('a paid session without its charge')
  if (charge.refunds?.has_more) return unknown('more refunds of a payment than it lists')
  return {
    kind: 'paid',
    charged: ore(intent.amount_received),
    refunded: ore(charge.amount_refunded),
    refunds: (charge.refunds?.data ?? []).map(refundFact),
    disputed: takenBack(disputes),
    currency: intent.currency.toUpperCase(),
    chargeId: charge.id,
    paidAt: new Date(charge.created * 1000).toISOString(),
    with: paidWith(charge),
  }
}

/** `pending`, `requires_action`, `succeeded`, `failed`, `canceled`; a new one is a refund that is still to come. */
function refundFact({ id, amount, status, metadata }: StripeRefund): RefundFact {
  const ended = status === 'failed' || status === 'canceled'
  return {
    id,
    amount: ore(amount),
    state: status === 'succeeded' ? 'done' : ended ? 'failed' : 'pending',
    reference: metadata?.kvitt_refund ?? null,
  }
}

/** While a dispute goes on, and when it is lost, the money is gone. Inquiries (`warning_…`) take none. */
const MONEY_GONE = new Set(['needs_response', 'under_review', 'lost'])

function takenBack(disputes: StripeDispute[]): Ore {
  return sum(disputes.filter(({ status }) => MONEY_GONE.has(status)).map(({ amount }) => ore(amount)))
}

function paidWith({ payment_method_details: details }: StripeCharge): PaidWith {
  if (!details?.card) return { method: details?.type ?? 'unknown', brand: null, lastDigits: null }
  return {
    method: 'card',
    brand: brandName(details.card.brand ?? null),
    lastDigits: details.card.last4 ?? null,
  }
}

const BRANDS: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  diners: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  unionpay: 'UnionPay',
}

function brandName(brand: string | null): string | null {
  return brand === null ? null : (BRANDS[brand] ?? brand)
}

function unknown(what: string): CheckoutFact {
  const message = `Stripe reports ${what.replace(/[^\w ]/g, '')}`
  return { kind: 'unknown', trouble: { kind: 'nonsense', message } }
}
