import { ore } from '../../../money.ts'
import type { CheckoutFact, PaidWith } from '../../ports.ts'
import type { StripeCharge, StripeIntent, StripeSession } from './answers.ts'

/**
 * What is true of a Stripe Checkout Session, read with its PaymentIntent and latest charge.
 * Paid is an explicit `paid`. A decline sends the intent back to requires_payment_method and is final only once the session
 * is complete (delayed methods) or expired. docs.stripe.com/checkout/fulfillment
 */
export function factOf(session: StripeSession): CheckoutFact {
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null
  if (session.payment_status === 'paid') return paidFact(intent)
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

function paidFact(intent: StripeIntent | null): CheckoutFact {
  const charge = typeof intent?.latest_charge === 'object' ? intent.latest_charge : null
  if (!intent || !charge) return unknown('a paid session without its charge')
  return {
    kind: 'paid',
    charged: ore(intent.amount_received),
    refunded: ore(charge.amount_refunded),
    currency: intent.currency.toUpperCase(),
    chargeId: charge.id,
    paidAt: new Date(charge.created * 1000).toISOString(),
    with: paidWith(charge),
  }
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
  const message = `Stripe tells of ${what.replace(/[^\w ]/g, '')}`
  return { kind: 'unknown', trouble: { kind: 'nonsense', message } }
}
