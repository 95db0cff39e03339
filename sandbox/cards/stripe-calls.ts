import type { Request } from 'express'
import { chargeReserved, close, refund, refundable, release } from './acts.ts'
import type { Reply } from './faults.ts'
import type { CardPayment } from './payment.ts'
import { chargeObject } from './stripe-charge-object.ts'
import { disputeObject } from './stripe-dispute-object.ts'
import { apiError, invalid, missing, unexpectedState } from './stripe-errors.ts'
import { chargeId, intentId, refundId } from './stripe-ids.ts'
import { intentObject, intentStatus } from './stripe-intent-object.ts'
import { refundObject } from './stripe-refund-object.ts'
import { readStripeSession } from './stripe-session.ts'
import { sessionObject } from './stripe-session-object.ts'
import type { CardWorld } from './world.ts'

/** What each call of Stripe's API does, and answers. */

export function createSession(world: CardWorld, request: Request): Reply {
  const reading = readStripeSession(world, request.body)
  if (!reading.ok) return invalid(reading.message, reading.param)
  world.payments.set(reading.payment.id, reading.payment)
  return { status: 200, body: sessionObject(world, reading.payment) }
}

export function tellSession(world: CardWorld, payment: CardPayment, request: Request): Reply {
  if (payment.told !== undefined) return { status: 200, body: payment.told }
  return { status: 200, body: sessionObject(world, payment, expandPaths(request)) }
}

export function expireSession(world: CardWorld, payment: CardPayment): Reply {
  if (close(world, payment, 'expired')) return { status: 200, body: sessionObject(world, payment) }
  return invalid('Only Checkout Sessions with a status in ["open"] can be expired.')
}

export function tellIntent(payment: CardPayment, request: Request): Reply {
  return {
    status: 200,
    body: intentObject(payment, expandPaths(request).includes('latest_charge') ? 'whole' : 'id'),
  }
}

export function cancelIntent(world: CardWorld, payment: CardPayment): Reply {
  if (intentStatus(payment) !== 'requires_capture') return unexpectedState(payment)
  release(world, payment, payment.reserved)
  return { status: 200, body: intentObject(payment) }
}

export function capture(
  world: CardWorld,
  payment: CardPayment,
  body: Record<string, unknown> | undefined,
): Reply {
  if (intentStatus(payment) !== 'requires_capture') return unexpectedState(payment)
  const amount = body?.amount_to_capture === undefined ? payment.reserved : Number(body.amount_to_capture)
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > payment.reserved) {
    return invalid('The amount to capture is more than can be captured.', 'amount_to_capture')
  }
  if (world.charges === 'declined') {
    return { status: 402, body: { error: { ...cardError, payment_intent: intentObject(payment) } } }
  }
  chargeReserved(world, payment, amount, payment.items)
  return { status: 200, body: intentObject(payment) }
}

const cardError = {
  type: 'card_error',
  code: 'card_declined',
  decline_code: 'generic_decline',
  message: 'Your card was declined.',
  doc_url: 'https://docs.stripe.com/error-codes/card-declined',
}

export function createRefund(world: CardWorld, body: Record<string, unknown> | undefined): Reply {
  const payment = stripePayments(world).find((each) => {
    const [charge] = each.charges
    return charge && (intentId(each) === body?.payment_intent || chargeId(charge) === body?.charge)
  })
  const charge = payment?.charges.at(-1)
  if (!payment || !charge)
    return missing('payment_intent', String(body?.payment_intent ?? body?.charge ?? ''))
  const amount = body?.amount === undefined ? refundable(payment) : Number(body.amount)
  if (refundable(payment) === 0) {
    const text = `Charge ${chargeId(charge)} has already been refunded.`
    return apiError(400, 'invalid_request_error', text, { code: 'charge_already_refunded' })
  }
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > refundable(payment)) {
    return invalid('Refund amount is greater than unrefunded amount on charge.', 'amount')
  }
  if (payment.disputes.some(({ state }) => state !== 'won')) {
    const text = `Charge ${chargeId(charge)} has been charged back; cannot issue a refund.`
    return apiError(400, 'invalid_request_error', text, { code: 'charge_disputed' })
  }
  const metadata = (body?.metadata ?? {}) as Record<string, string>
  const made = refund(world, payment, { chargeId: charge.id, amount, reference: null, metadata })
  return { status: 200, body: refundObject(payment, made) }
}

export function findCharge(world: CardWorld, id: string): Reply {
  for (const payment of stripePayments(world)) {
    const charge = payment.charges.find((each) => chargeId(each) === id)
    if (charge) return { status: 200, body: chargeObject(payment, charge) }
  }
  return missing('charge', id)
}

/** GET /v1/disputes of one charge. */
export function listDisputes(world: CardWorld, request: Request): Reply {
  const wanted = new URL(request.originalUrl, 'http://stripe').searchParams.get('charge')
  const payment = stripePayments(world).find(({ charges }) =>
    charges.some((charge) => chargeId(charge) === wanted),
  )
  const data = payment?.disputes.map((dispute) => disputeObject(payment, dispute)) ?? []
  return { status: 200, body: { object: 'list', data, has_more: false, url: '/v1/disputes' } }
}

export function findRefund(world: CardWorld, id: string): Reply {
  for (const payment of stripePayments(world)) {
    const made = payment.refunds.find((each) => refundId(each) === id)
    if (made) return { status: 200, body: refundObject(payment, made) }
  }
  return missing('refund', id)
}

function expandPaths(request: Request): string[] {
  const { searchParams } = new URL(request.originalUrl, 'http://stripe')
  return [...searchParams].filter(([key]) => /^expand\[\d*\]$/.test(key)).map(([, path]) => path)
}

export function stripePayments(world: CardWorld): CardPayment[] {
  return [...world.payments.values()].filter(({ provider }) => provider === 'stripe')
}
