import { type CardPayment, type Charge, refundedSum } from './payment.ts'
import { chargeId, intentId, mark, seconds } from './stripe-ids.ts'
import { refundObject } from './stripe-refund-object.ts'

const address = { city: null, country: 'SE', line1: null, line2: null, postal_code: null, state: null }

/** A charge, key for key. Amounts are whole öre, times Unix seconds. */
export function chargeObject(payment: CardPayment, charge: Charge, withRefunds = false) {
  const refunded = refundedSum(payment)
  return {
    id: chargeId(charge),
    object: 'charge',
    amount: payment.amount,
    amount_captured: charge.amount,
    amount_refunded: refunded,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: `txn_3${charge.id.slice(0, 24)}`,
    billing_details: { address, email: 'test@example.com', name: 'Test Testsson', phone: null, tax_id: null },
    calculated_statement_descriptor: null,
    captured: true,
    created: seconds(charge.at),
    currency: payment.currency.toLowerCase(),
    customer: null,
    description: null,
    disputed: payment.disputes.length > 0,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: payment.metadata,
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: 'approved_by_network',
      reason: null,
      risk_level: 'normal',
      seller_message: 'Payment complete.',
      type: 'authorized',
    },
    paid: true,
    payment_intent: intentId(payment),
    payment_method: `pm_1${mark(payment)}`,
    payment_method_details: methodDetails(payment),
    receipt_email: null,
    receipt_number: null,
    receipt_url: 'https://pay.stripe.com/receipts/made-up',
    refunded: refunded > 0 && refunded === charge.amount,
    refunds: withRefunds ? refundList(payment) : null,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  }
}

/** The newest ten, as Stripe expands them. */
function refundList(payment: CardPayment) {
  const data = payment.refunds.toReversed().map((refund) => refundObject(payment, refund))
  return { object: 'list', data: data.slice(0, 10), has_more: data.length > 10, url: '/v1/refunds' }
}

function methodDetails({ method, amount }: CardPayment) {
  if (method?.type !== 'CARD') return { type: 'swish', swish: { fingerprint: null, payment_reference: null } }
  return {
    type: 'card',
    card: {
      amount_authorized: amount,
      authorization_code: null,
      brand: method.name.toLowerCase(),
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'SE',
      electronic_commerce_indicator: null,
      exp_month: Number(method.expiry.slice(0, 2)),
      exp_year: 2000 + Number(method.expiry.slice(2)),
      extended_authorization: { status: 'disabled' },
      fingerprint: 'sandbox0000000000',
      funding: 'credit',
      incremental_authorization: { status: 'unavailable' },
      installments: null,
      last4: method.lastDigits,
      mandate: null,
      multicapture: { status: 'unavailable' },
      network: method.name.toLowerCase(),
      network_token: null,
      network_transaction_id: null,
      overcapture: { maximum_amount_capturable: amount, status: 'unavailable' },
      regulated_status: null,
      three_d_secure: method.strong ? strongDetails : null,
      transaction_link_id: null,
      wallet: null,
    },
  }
}

const strongDetails = {
  authentication_flow: 'challenge',
  electronic_commerce_indicator: '05',
  exemption_indicator: null,
  result: 'authenticated',
  result_reason: null,
  transaction_id: '00000000-0000-4000-8000-000000000001',
  version: '2.2.0',
}
