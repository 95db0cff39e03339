import type { CardPayment, Refund } from './payment.ts'
import { chargeId, intentId, mark, refundId, seconds } from './stripe-ids.ts'

const REFUND_STATUS = {
  Pending: 'pending',
  Completed: 'succeeded',
  Failed: 'failed',
  Cancelled: 'canceled',
} as const

/** A refund, key for key. Amounts are whole öre, times Unix seconds. */
export function refundObject(payment: CardPayment, refund: Refund) {
  const charge = payment.charges.find(({ id }) => id === refund.chargeId)
  return {
    id: refundId(refund),
    object: 'refund',
    amount: refund.amount,
    balance_transaction: refund.state === 'Completed' ? `txn_3${refund.id.slice(0, 24)}` : null,
    charge: charge ? chargeId(charge) : null,
    created: seconds(refund.at),
    currency: payment.currency.toLowerCase(),
    customer: null,
    customer_account: null,
    destination_details: {
      card: {
        reference: '5550001234567890123',
        reference_status: 'available',
        reference_type: 'acquirer_reference_number',
        type: 'refund',
      },
      type: 'card',
    },
    metadata: refund.metadata,
    payment_intent: intentId(payment),
    payment_method: `pm_1${mark(payment)}`,
    reason: 'requested_by_customer',
    receipt_number: null,
    source_transfer_reversal: null,
    status: REFUND_STATUS[refund.state],
    transfer_reversal: null,
    ...(refund.state === 'Pending' ? { pending_reason: 'insufficient_funds' } : {}),
    ...(refund.state === 'Failed' ? { failure_reason: 'expired_or_canceled_card' } : {}),
  }
}
