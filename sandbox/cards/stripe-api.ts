import express, { type Request, type Response, type Router } from 'express'
import { closeIfTimeIsUp } from './acts.ts'
import { answerCall, type Operation, type Reply, send } from './faults.ts'
import type { CardPayment } from './payment.ts'
import { createReplays, type Replays } from './replay.ts'
import {
  cancelIntent,
  capture,
  createRefund,
  createSession,
  expireSession,
  findCharge,
  findRefund,
  listDisputes,
  stripePayments,
  tellIntent,
  tellSession,
} from './stripe-calls.ts'
import { apiError, invalid, missing } from './stripe-errors.ts'
import { intentId } from './stripe-ids.ts'
import type { CardWorld } from './world.ts'

/** The part of Stripe's API that a payment of fees uses, remembered between calls. Bodies are form-encoded. */

type Handler = (request: Request) => Reply
type OnPayment = (payment: CardPayment, request: Request) => Reply

export function stripeApi(world: CardWorld): Router {
  const router = express.Router()
  const replays = createReplays()
  const serverError = apiError(500, 'api_error', 'Something went wrong')
  const call = (operation: Operation, handle: Handler) => async (request: Request, response: Response) => {
    const refused = keyRefusal(world, request)
    if (refused) return send(request, response, refused)
    const act = () => once(replays, request, () => handle(request))
    send(request, response, await answerCall({ faults: world.faults, serverError }, operation, act))
  }
  const onSession = (operation: Operation, handle: OnPayment) => call(operation, withSession(world, handle))
  const onIntent = (operation: Operation, handle: OnPayment) => call(operation, withIntent(world, handle))

  router.use(express.urlencoded({ extended: true, limit: '1mb', parameterLimit: 2000 }))
  const create = call('stripe.create', (request) => createSession(world, request))
  router.post('/v1/checkout/sessions', create)
  const look = onSession('stripe.retrieve', (payment, request) => tellSession(world, payment, request))
  router.get('/v1/checkout/sessions/:id', look)
  const expire = onSession('stripe.expire', (payment) => expireSession(world, payment))
  router.post('/v1/checkout/sessions/:id/expire', expire)
  router.get('/v1/payment_intents/:id', onIntent('stripe.other', tellIntent))
  const captured = onIntent('stripe.capture', (payment, { body }) => capture(world, payment, body))
  router.post('/v1/payment_intents/:id/capture', captured)
  const cancelled = onIntent('stripe.other', (payment) => cancelIntent(world, payment))
  router.post('/v1/payment_intents/:id/cancel', cancelled)
  const charge = call('stripe.other', ({ params }) => findCharge(world, String(params.id)))
  router.get('/v1/charges/:id', charge)
  const refunds = call('stripe.refund', ({ body }) => createRefund(world, body))
  router.post('/v1/refunds', refunds)
  const disputes = call('stripe.other', (request) => listDisputes(world, request))
  router.get('/v1/disputes', disputes)
  const oneRefund = call('stripe.other', ({ params }) => findRefund(world, String(params.id)))
  router.get('/v1/refunds/:id', oneRefund)
  router.use((request, response) => {
    const text = `Unrecognized request URL (${request.method}).`
    send(request, response, apiError(404, 'invalid_request_error', text))
  })
  return router
}

function keyRefusal(world: CardWorld, request: Request): Reply | undefined {
  const given = request.headers.authorization ?? ''
  if (given === `Bearer ${world.options.stripe.secretKey}`) return undefined
  return apiError(401, 'invalid_request_error', 'Invalid API Key provided')
}

function withSession(world: CardWorld, handle: OnPayment): Handler {
  return (request) => {
    const id = String(request.params.id)
    const payment = world.payments.get(id)
    if (payment?.provider !== 'stripe') return missing('checkout.session', id)
    closeIfTimeIsUp(world, payment)
    return handle(payment, request)
  }
}

function withIntent(world: CardWorld, handle: OnPayment): Handler {
  return (request) => {
    const id = String(request.params.id)
    const payment = stripePayments(world).find((each) => each.pressedPay && intentId(each) === id)
    return payment ? handle(payment, request) : missing('payment_intent', id)
  }
}

/**
 * The first answer to a key is given again, unless it was a refusal before anything was done.
 * docs.stripe.com/api/idempotent_requests
 */
function once(replays: Replays, request: Request, act: () => Reply): Reply {
  const key = request.method === 'POST' ? request.get('idempotency-key') : undefined
  if (key === undefined) return act()
  if (key.length > 255) return invalid('Idempotency keys may be at most 255 characters long.')
  const sameAs = `${request.path} ${JSON.stringify(request.body ?? {})}`
  const old = replays.find(key, sameAs)
  if (old === 'other') {
    const text =
      'Keys for idempotent requests can only be used with the same parameters they were first used with.'
    return apiError(400, 'idempotency_error', text)
  }
  if (old) return { ...old, headers: { 'idempotent-replayed': 'true' } }
  const reply = act()
  if (reply.status < 400) replays.keep(key, sameAs, reply)
  return reply
}
