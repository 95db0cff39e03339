import { nothing, ore } from '../../../base/money.ts'
import type { CheckoutFact, PaidWith, RefundFact } from '../../ports/provider.ts'
import type { NetsPayment } from './answers.ts'

/**
 * Returns what is true of a Nets Easy payment, from its sums: Nexi has no status field.
 * Charges are measured against the order and refunds against charges, never against the reservation: Swish and other
 * account-to-account methods are charged without one. (The official PHP SDK measures against the reservation and so
 * never sees a refunded Swish payment; its own remark says so.)
 *
 * A part of the order charged is told as paid with that smaller sum: money is taken, and the caller, who compares
 * `charged` with what was ordered, parks it for a person.
 */
export function factOf(payment: NetsPayment): CheckoutFact {
  const { reservedAmount, chargedAmount, refundedAmount, cancelledAmount } = payment.summary
  const currency = payment.orderDetails.currency.toUpperCase()
  if (refundedAmount > chargedAmount) return nonsense('refunded more than was charged')

  if (chargedAmount > 0) {
    const charge = payment.charges.at(-1)
    if (!charge) return nonsense('charged, but named no charge')
    return {
      kind: 'paid',
      charged: ore(chargedAmount),
      refunded: ore(refundedAmount),
      refunds: payment.refunds.map(refundFact),
      // Nexi tells of no disputes in its API: they come by letter and with the payout.
      disputed: nothing,
      currency,
      chargeId: charge.chargeId,
      paidAt: isoTime(charge.created),
      with: paidWith(payment),
    }
  }
  if (reservedAmount > cancelledAmount) {
    return { kind: 'reserved', reserved: ore(reservedAmount - cancelledAmount), currency }
  }
  if (cancelledAmount > 0 || payment.terminated !== null) return { kind: 'ended', how: 'cancelled' }
  // Nexi does not tell of declined tries here; the borrower may try again in the same checkout.
  return { kind: 'open', lastTry: null }
}

/** Nexi's states are Pending, Completed, Failed, Cancelled and Expired; a new one is a refund that is still to come. */
function refundFact({ refundId, amount, state }: NetsPayment['refunds'][number]): RefundFact {
  const word = state?.toLowerCase()
  const ended = word === 'failed' || word === 'cancelled' || word === 'expired'
  return {
    id: refundId,
    amount: ore(amount),
    state: word === 'completed' ? 'done' : ended ? 'failed' : 'pending',
    // GET /v1/payments/{id} does not repeat the reference that a refund was made with.
    reference: null,
  }
}

function nonsense(what: string): CheckoutFact {
  return { kind: 'unknown', trouble: { kind: 'nonsense', message: `Nexi says that a payment is ${what}` } }
}

/** Nexi's times have four fraction digits and an offset that changes between events; ours are UTC. */
function isoTime(time: string | null): string | null {
  const parsed = time === null ? Number.NaN : Date.parse(time)
  return Number.isNaN(parsed) ? null : new Date(parsed).toISOString()
}

/** `paymentType` is spelled A2A and A2a: compared without case. An account-to-account payment is called by its method. */
function paidWith({ paymentDetails }: NetsPayment): PaidWith {
  const type = paymentDetails?.paymentType?.toLowerCase() ?? null
  const name = paymentDetails?.paymentMethod ?? null
  if (type === 'card') {
    const digits = /(\d{4})$/.exec(paymentDetails?.cardDetails?.maskedPan ?? '')
    return { method: 'card', brand: name, lastDigits: digits?.[1] ?? null }
  }
  return { method: name?.toLowerCase() ?? type ?? 'unknown', brand: null, lastDigits: null }
}
