import { createHmac, randomBytes } from 'node:crypto'
import type { Happening } from './happening.ts'
import type { CardPayment } from './payment.ts'
import { chargeObject } from './stripe-charge-object.ts'
import { disputeObject } from './stripe-dispute-object.ts'
import { apiVersion, seconds } from './stripe-ids.ts'
import { intentObject } from './stripe-intent-object.ts'
import { refundObject } from './stripe-refund-object.ts'
import { sessionObject } from './stripe-session-object.ts'
import type { Message } from './webhooks.ts'
import type { CardWorld } from './world.ts'

/** What has happened, as Stripe's events, signed at each sending. */

interface StripeEvent {
  type: string
  object: unknown
  previous?: Record<string, unknown>
}

export function stripeMessages(world: CardWorld, payment: CardPayment, happenings: Happening[]): Message[] {
  const endpoint = world.stripeEndpoint
  if (!endpoint) return []
  return happenings
    .flatMap((happening) => eventsOf(world, payment, happening))
    .map((event) => ({
      paymentId: payment.id,
      event: event.type,
      url: endpoint.url,
      body: eventBody(world, event),
      acknowledged: (status) => status >= 200 && status < 300,
      headers: (body, at, proof) => ({
        'content-type': 'application/json; charset=utf-8',
        ...(proof === 'none'
          ? {}
          : signature(body, at, proof === 'right' ? endpoint.secret : 'whsec_another')),
      }),
    }))
}

/** `t=<unix>,v1=<HMAC-SHA256 of "t.body">`. docs.stripe.com/webhooks */
function signature(body: string, at: Date, secret: string): Record<string, string> {
  const time = seconds(at)
  const v1 = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
  return { 'stripe-signature': `t=${time},v1=${v1}` }
}

/** Indented, as Stripe sends it: whoever signs a re-serialised body finds out. */
function eventBody(world: CardWorld, { type, object, previous }: StripeEvent): string {
  const event = {
    id: `evt_1${randomBytes(12).toString('hex')}`,
    object: 'event',
    api_version: apiVersion,
    created: seconds(world.now()),
    data: { object, ...(previous ? { previous_attributes: previous } : {}) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  }
  return JSON.stringify(
    world.webhooks.behaviour.extraKeys ? { ...event, something_new: [1] } : event,
    null,
    2,
  )
}

function eventsOf(world: CardWorld, payment: CardPayment, happening: Happening): StripeEvent[] {
  const intent = () => intentObject(payment)
  switch (happening.kind) {
    case 'declined':
      return [{ type: 'payment_intent.payment_failed', object: intent() }]
    case 'reserved':
      return payment.charges.length > 0
        ? []
        : [
            {
              type: 'payment_intent.amount_capturable_updated',
              object: intent(),
              previous: { amount_capturable: 0 },
            },
          ]
    case 'checkout-completed':
      return [{ type: 'checkout.session.completed', object: sessionObject(world, payment) }]
    case 'charged':
      return [{ type: 'payment_intent.succeeded', object: intent() }]
    case 'expired':
      return [{ type: 'checkout.session.expired', object: sessionObject(world, payment) }]
    case 'cancelled':
      return [{ type: 'payment_intent.canceled', object: intent() }]
    case 'refund-initiated':
      return [{ type: 'refund.created', object: refundObject(payment, happening.refund) }]
    case 'refund-completed':
      return [
        {
          type: 'refund.updated',
          object: refundObject(payment, happening.refund),
          previous: { status: 'pending' },
        },
        ...payment.charges.map((charge) => ({
          type: 'charge.refunded',
          object: chargeObject(payment, charge),
          previous: { amount_refunded: 0 },
        })),
      ]
    case 'refund-failed':
      return [{ type: 'refund.failed', object: refundObject(payment, happening.refund) }]
    case 'dispute-opened': {
      const object = disputeObject(payment, happening.dispute)
      return [
        { type: 'charge.dispute.created', object },
        { type: 'charge.dispute.funds_withdrawn', object },
      ]
    }
    case 'dispute-closed':
      return [
        {
          type: 'charge.dispute.closed',
          object: disputeObject(payment, happening.dispute),
          previous: { status: 'needs_response' },
        },
      ]
    case 'pay-pressed':
    case 'charge-failed':
      return []
  }
}
