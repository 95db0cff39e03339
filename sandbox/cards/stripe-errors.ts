import type { Reply } from './faults.ts'
import type { CardPayment } from './payment.ts'
import { intentStatus } from './stripe-intent-object.ts'

/** Stripe's way of saying no: `{error: {type, code, param, message}}`. */

export function missing(kind: string, id: string): Reply {
  const text = `No such ${kind}: '${id.slice(0, 100)}'`
  return apiError(404, 'invalid_request_error', text, {
    code: 'resource_missing',
    param: kind.split('.').at(-1) ?? '',
  })
}

export function unexpectedState(payment: CardPayment): Reply {
  const text = `This PaymentIntent has a status of ${intentStatus(payment)}.`
  return apiError(400, 'invalid_request_error', text, { code: 'payment_intent_unexpected_state' })
}

export function invalid(message: string, param?: string): Reply {
  return apiError(400, 'invalid_request_error', message, param === undefined ? {} : { param })
}

export function apiError(
  status: number,
  type: string,
  message: string,
  more: Record<string, string> = {},
): Reply {
  return { status, body: { error: { ...more, message, type } } }
}
