import { type CardPayment, chargedSum } from './payment.ts'
import { intentId, seconds } from './stripe-ids.ts'
import { intentObject } from './stripe-intent-object.ts'
import type { CardWorld } from './world.ts'

const address = { city: null, country: 'SE', line1: null, line2: null, postal_code: null, state: null }

/** A Checkout Session, key for key as API version 2026-10-28.endive writes it; `expand` holds Stripe's expand paths. */
export function sessionObject(world: CardWorld, payment: CardPayment, expand: string[] = []) {
  const paid = chargedSum(payment) > 0
  const complete = paid || payment.reserved > 0
  const status = complete ? 'complete' : payment.closed ? 'expired' : 'open'
  const wantsIntent = expand.some((path) => path.startsWith('payment_intent'))
  return {
    id: payment.id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    amount_subtotal: payment.amount,
    amount_total: payment.amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: payment.cancelUrl,
    client_reference_id: payment.reference === '' ? null : payment.reference,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: seconds(payment.createdAt),
    currency: payment.currency.toLowerCase(),
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: null,
    customer_account: null,
    customer_creation: 'if_required',
    customer_details: complete ? customerDetails : null,
    customer_email: null,
    discounts: null,
    expires_at: seconds(payment.expiresAt ?? payment.createdAt),
    integration_identifier: null,
    invoice: null,
    invoice_creation: {
      enabled: false,
      invoice_data: {
        account_tax_ids: null,
        custom_fields: null,
        description: null,
        footer: null,
        issuer: null,
        metadata: {},
        rendering_options: null,
      },
    },
    livemode: false,
    locale: payment.language,
    managed_payments: null,
    metadata: payment.metadata,
    mode: 'payment',
    origin_context: null,
    payment_intent: wantsIntent ? intentIn(payment, expand) : intentIdIn(payment),
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_status: paid ? 'paid' : 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status,
    submit_type: null,
    subscription: null,
    success_url: payment.returnUrl,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: status === 'open' ? `${world.options.publicUrl}/c/pay/${payment.id}` : null,
    wallet_options: null,
  }
}

const customerDetails = {
  address,
  business_name: null,
  email: 'test@example.com',
  individual_name: null,
  name: 'Test Testsson',
  phone: null,
  tax_exempt: 'none',
  tax_ids: [],
}

/** The intent comes into being when the borrower first presses Pay. */
function intentIdIn(payment: CardPayment): string | null {
  return payment.pressedPay ? intentId(payment) : null
}

function intentIn(payment: CardPayment, expand: string[]) {
  if (!payment.pressedPay) return null
  if (expand.includes('payment_intent.latest_charge.refunds')) return intentObject(payment, 'with-refunds')
  return intentObject(payment, expand.includes('payment_intent.latest_charge') ? 'whole' : 'id')
}
