import { type CardPayment, type Charge, chargedSum } from './payment.ts'
import { chargeObject } from './stripe-charge-object.ts'
import { chargeId, intentId, mark, seconds } from './stripe-ids.ts'

/** Where a PaymentIntent stands: a decline sends it back to requires_payment_method. */
export function intentStatus(payment: CardPayment): string {
  if (payment.charges.length > 0) return 'succeeded'
  if (payment.reserved > payment.cancelled) return 'requires_capture'
  if (payment.cancelled > 0 || payment.closed) return 'canceled'
  return payment.challenge ? 'requires_action' : 'requires_payment_method'
}

/** How much of the charge is told: Stripe's expand paths decide. */
export type ChargeDepth = 'id' | 'whole' | 'with-refunds'

/** A PaymentIntent, key for key. Amounts are whole öre, times Unix seconds. */
export function intentObject(payment: CardPayment, depth: ChargeDepth = 'id') {
  const charge = payment.charges.at(-1)
  const status = intentStatus(payment)
  const capturable = status === 'requires_capture' ? payment.reserved - payment.cancelled : 0
  return {
    id: intentId(payment),
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: payment.amount,
    amount_capturable: capturable,
    amount_details: { tip: {} },
    amount_received: chargedSum(payment),
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: status === 'canceled' && payment.closed ? seconds(payment.closed.at) : null,
    cancellation_reason: status === 'canceled' ? 'abandoned' : null,
    capture_method: payment.autoCharge ? 'automatic_async' : 'manual',
    client_secret: `${intentId(payment)}_secret_sandbox`,
    confirmation_method: 'automatic',
    created: seconds(payment.createdAt),
    currency: payment.currency.toLowerCase(),
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: lastError(payment),
    latest_charge: latestCharge(payment, charge, depth),
    livemode: false,
    managed_payments: null,
    metadata: payment.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: payment.method ? `pm_1${mark(payment)}` : null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status,
    transfer_data: null,
    transfer_group: null,
  }
}

function latestCharge(payment: CardPayment, charge: Charge | undefined, depth: ChargeDepth) {
  if (!charge) return null
  return depth === 'id' ? chargeId(charge) : chargeObject(payment, charge, depth === 'with-refunds')
}

function lastError({ decline }: CardPayment) {
  if (!decline) return null
  return {
    type: 'card_error',
    code: decline.stripeCode,
    ...(decline.stripeDecline ? { decline_code: decline.stripeDecline } : {}),
    message: decline.message,
    doc_url: `https://docs.stripe.com/error-codes/${decline.stripeCode.replaceAll('_', '-')}`,
  }
}
