import type { CardPayment, Dispute } from './payment.ts'
import { chargeId, intentId, seconds } from './stripe-ids.ts'

const evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
}

/** A dispute, key for key. Amounts are whole öre, times Unix seconds. */
export function disputeObject(payment: CardPayment, dispute: Dispute) {
  const charge = payment.charges.find(({ id }) => id === dispute.chargeId)
  const at = seconds(dispute.at)
  return {
    id: `du_1${dispute.id.slice(0, 24)}`,
    object: 'dispute',
    amount: dispute.amount,
    balance_transactions: [],
    charge: charge ? chargeId(charge) : null,
    created: at,
    currency: payment.currency.toLowerCase(),
    enhanced_eligibility_types: [],
    evidence,
    evidence_details: {
      due_by: at + 7 * 24 * 3600,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: intentId(payment),
    payment_method_details: {
      card: {
        brand: 'visa',
        case_type: 'chargeback',
        network: 'visa',
        network_reason_code: '10.4',
      },
      type: 'card',
    },
    reason: 'fraudulent',
    status: dispute.state,
  }
}
