import { timingSafeEqual } from 'node:crypto'
import express, { type Request, type Response, type Router } from 'express'
import { answerCall, type Operation, type Reply, send } from './faults.ts'
import {
  cancelRefund,
  cancelReservation,
  charge,
  coded,
  createPayment,
  paymentMethods,
  refundCharge,
  rename,
  renameMine,
  retrieve,
  tellCharge,
  tellRefund,
  terminatePayment,
} from './nets-calls.ts'
import { payoutDetail, payoutList } from './nets-payout-calls.ts'
import type { CardPayment } from './payment.ts'
import { createReplays, type Replays } from './replay.ts'
import type { CardWorld } from './world.ts'

/** Nets Easy's Payment API v1 and Reporting API v1: the calls of Nexi's reference page, remembered between calls. */

const NOT_FOUND: Reply = { status: 404 }

type Handler = (request: Request) => Reply
type OnPayment = (payment: CardPayment, request: Request) => Reply
type OnPart = (payment: CardPayment, id: string, request: Request) => Reply

export function netsApi(world: CardWorld): Router {
  const router = express.Router()
  const replays = createReplays()
  const serverError = coded(500, '1000', 'Something went wrong')
  const call = (operation: Operation, handle: Handler) => async (request: Request, response: Response) => {
    if (!keyIsRight(world, request)) return send(request, response, { status: 401 })
    const tools = { faults: world.faults, serverError }
    send(request, response, await answerCall(tools, operation, () => handle(request)))
  }
  const onPayment = (operation: Operation, handle: OnPayment) => call(operation, withPayment(world, handle))
  const onCharge = (operation: Operation, handle: OnPart) => call(operation, withCharge(world, handle))
  const onRefund = (operation: Operation, handle: OnPart) => call(operation, withRefund(world, handle))
  const charges = onPayment('nets.charge', (payment, request) =>
    once(replays, request, '1026', () => charge(world, payment, request.body)),
  )
  const refunds = onPayment('nets.refund', (payment, request) =>
    once(replays, request, '1027', () => refundCharge(world, payment, payment.charges[0]?.id, request.body)),
  )
  const chargeRefunds = onCharge('nets.refund', (payment, chargeId, request) =>
    once(replays, request, '1027', () => refundCharge(world, payment, chargeId, request.body)),
  )

  router.use(express.json({ limit: '1mb' }))
  const create = call('nets.create', (request) => createPayment(world, request.body))
  router.post('/v1/payments', create)
  const look = onPayment('nets.retrieve', (payment) => retrieve(world, payment))
  router.get('/v1/payments/:id', look)
  const terminate = onPayment('nets.terminate', (payment) => terminatePayment(world, payment))
  router.put('/v1/payments/:id/terminate', terminate)
  router.post('/v1/payments/:id/charges', charges)
  const cancels = onPayment('nets.cancel', (payment, { body }) => cancelReservation(world, payment, body))
  router.post('/v1/payments/:id/cancels', cancels)
  router.post('/v1/payments/:id/refunds', refunds)
  router.post('/v1/charges/:id/refunds', chargeRefunds)
  router.put('/v1/payments/:id/myreference', onPayment('nets.other', renameMine))
  router.put('/v1/payments/:id/referenceinformation', onPayment('nets.other', rename))
  const oneCharge = onCharge('nets.other', (payment, id) => tellCharge(world, payment, id))
  router.get('/v1/charges/:id', oneCharge)
  const oneRefund = onRefund('nets.other', (payment, id) => tellRefund(world, payment, id))
  router.get('/v1/refunds/:id', oneRefund)
  router.post('/v1/pending-refunds/:id/cancel', onRefund('nets.other', cancelRefund))
  router.get('/v1/paymentmethods', call('nets.other', paymentMethods))
  const payoutsOf = call('nets.other', (request) => payoutList(world, request))
  router.get('/report/v1/payouts', payoutsOf)
  const onePayout = call('nets.other', (request) => payoutDetail(world, request))
  router.get('/report/v1/payouts/:id', onePayout)
  return router
}

/** The raw key, without "Bearer". */
function keyIsRight(world: CardWorld, request: Request): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const right = Buffer.from(world.options.nets.secretKey)
  return given.length === right.length && timingSafeEqual(given, right)
}

function netsPayments(world: CardWorld): CardPayment[] {
  return [...world.payments.values()].filter(({ provider }) => provider === 'nets-easy')
}

function withPayment(world: CardWorld, handle: OnPayment): Handler {
  return (request) => {
    const payment = world.payments.get(String(request.params.id))
    return payment?.provider === 'nets-easy' ? handle(payment, request) : NOT_FOUND
  }
}

function withCharge(world: CardWorld, handle: OnPart): Handler {
  return (request) => {
    const id = String(request.params.id)
    const payment = netsPayments(world).find(({ charges }) => charges.some((each) => each.id === id))
    return payment ? handle(payment, id, request) : NOT_FOUND
  }
}

function withRefund(world: CardWorld, handle: OnPart): Handler {
  return (request) => {
    const id = String(request.params.id)
    const payment = netsPayments(world).find(({ refunds }) => refunds.some((each) => each.id === id))
    return payment ? handle(payment, id, request) : NOT_FOUND
  }
}

/** Replays the answer to a key that was used; the same key with another amount is a fault of the caller. */
function once(replays: Replays, request: Request, otherAmountCode: string, act: () => Reply): Reply {
  const key = request.get('idempotency-key')
  if (key === undefined) return act()
  if (key.length < 1 || key.length > 64)
    return { status: 400, body: { errors: { 'Idempotency-Key': ['1 to 64'] } } }
  const sameAs = `${request.path} ${request.body?.amount}`
  const old = replays.find(key, sameAs)
  if (old === 'other') return coded(402, otherAmountCode, 'Tried with a different amount')
  if (old) return old
  const reply = act()
  replays.keep(key, sameAs, reply)
  return reply
}
