import type { Request } from 'express'
import { chargeReserved, close, hexId, refund, refundable, release } from './acts.ts'
import type { Reply } from './faults.ts'
import { type NetsOrder, readNetsOrder } from './nets-order.ts'
import { netsPayment } from './nets-payment.ts'
import { type CardPayment, chargedSum, type OrderItem } from './payment.ts'
import type { CardWorld } from './world.ts'

/** What each call of Nets Easy's Payment API does, and answers. */

const LOOKS_PER_HOUR = 30
const HOUR = 3_600_000

export function createPayment(world: CardWorld, body: unknown): Reply {
  const reading = readNetsOrder(webHooksOf(body), {
    refuseLoopback: world.options.nets.refuseLoopbackWebhooks,
  })
  if (!reading.ok) return { status: 400, body: { errors: reading.errors } }
  const payment = paymentFrom(world, reading.order)
  world.payments.set(payment.id, payment)
  const hosted = reading.order.checkout.integrationType === 'HostedPaymentPage'
  const page = `${world.options.publicUrl}/hostedpaymentpage/?checkoutKey=test-checkout-key&pid=${payment.id}`
  return { status: 201, body: { paymentId: payment.id, ...(hosted ? { hostedPaymentPageUrl: page } : {}) } }
}

/** The docs write `webHooks`; `webhooks` works too (a Koha plugin in production sends it). */
function webHooksOf(body: unknown): unknown {
  const { notifications, ...rest } = (body ?? {}) as { notifications?: Record<string, unknown> }
  if (!notifications) return rest
  return { ...rest, notifications: { webHooks: notifications.webHooks ?? notifications.webhooks } }
}

function paymentFrom(
  world: CardWorld,
  { order, checkout, notifications, myReference }: NetsOrder,
): CardPayment {
  return {
    id: hexId(),
    provider: 'nets-easy',
    reference: order.reference ?? '',
    myReference: myReference ?? null,
    items: order.items,
    amount: order.amount,
    currency: order.currency,
    // The page's own address says it better, once it is opened.
    language: checkout.countryCode === 'SWE' ? 'sv' : 'en',
    returnUrl: checkout.returnUrl ?? checkout.url ?? '',
    cancelUrl: checkout.cancelUrl ?? checkout.returnUrl ?? '',
    autoCharge: checkout.charge,
    createdAt: world.now(),
    expiresAt: null,
    closed: null,
    pressedPay: false,
    method: null,
    decline: null,
    challenge: null,
    reserved: 0,
    cancelled: 0,
    reservationId: '',
    charges: [],
    refunds: [],
    disputes: [],
    looks: [],
    targets: (notifications?.webHooks ?? []).map(({ headers, ...target }) => {
      return { ...target, headers: Object.assign({}, ...(headers ?? [])) }
    }),
    metadata: {},
  }
}

/** Counts looks: from the 31st within an hour the answer is 429. */
export function retrieve(world: CardWorld, payment: CardPayment): Reply {
  const now = world.now().getTime()
  payment.looks = payment.looks.filter((look) => look > now - HOUR)
  if (payment.looks.length >= LOOKS_PER_HOUR) return { status: 429 }
  payment.looks.push(now)
  if (payment.told !== undefined) return { status: 200, body: payment.told }
  return { status: 200, body: { payment: netsPayment(world, payment) } }
}

/** 409 when the borrower was faster. */
export function terminatePayment(world: CardWorld, payment: CardPayment): Reply {
  return { status: close(world, payment, 'terminated') ? 204 : 409 }
}

export function renameMine(payment: CardPayment, { body }: Request): Reply {
  payment.myReference = String(body?.myReference ?? '').slice(0, 36)
  return { status: 204 }
}

export function rename(payment: CardPayment, { body }: Request): Reply {
  payment.reference = String(body?.reference ?? payment.reference).slice(0, 128)
  return { status: 204 }
}

export function tellCharge(world: CardWorld, payment: CardPayment, id: string): Reply {
  return { status: 200, body: netsPayment(world, payment).charges.find(({ chargeId }) => chargeId === id) }
}

export function tellRefund(world: CardWorld, payment: CardPayment, id: string): Reply {
  return { status: 200, body: netsPayment(world, payment).refunds.find(({ refundId }) => refundId === id) }
}

export function paymentMethods(): Reply {
  return { status: 200, body: ['Visa', 'MasterCard', 'Swish'].map((name) => ({ name, enabled: true })) }
}

interface ChargeBody {
  amount?: unknown
  orderItems?: OrderItem[]
  myReference?: string
}

export function charge(world: CardWorld, payment: CardPayment, body: ChargeBody): Reply {
  const amount = wholeAmount(body)
  if (amount === undefined) return amountMissing
  const left = payment.reserved - payment.cancelled - chargedSum(payment)
  if (payment.reserved === 0) return coded(402, '1003', 'Not reserved')
  if (payment.cancelled >= payment.reserved) return coded(402, '1019', 'Already cancelled')
  if (left === 0) return coded(402, '1008', 'Already charged')
  if (amount > left) return coded(402, '1001', 'Over charge')
  if (world.charges === 'declined') return coded(402, '1029', 'Hard decline')
  const { id } = chargeReserved(world, payment, amount, body.orderItems ?? payment.items)
  return { status: 201, body: { chargeId: id } }
}

export function cancelReservation(world: CardWorld, payment: CardPayment, body: ChargeBody): Reply {
  const amount = wholeAmount(body)
  if (amount === undefined) return amountMissing
  if (payment.reserved === 0) return coded(402, '1003', 'Not reserved')
  if (amount > payment.reserved - payment.cancelled - chargedSum(payment)) {
    return coded(402, '1019', 'Already cancelled')
  }
  release(world, payment, amount)
  return { status: 204 }
}

export function refundCharge(
  world: CardWorld,
  payment: CardPayment,
  chargeId: string | undefined,
  body: ChargeBody,
): Reply {
  const amount = wholeAmount(body)
  if (amount === undefined) return amountMissing
  if (chargeId === undefined) return coded(402, '1011', 'Charge not found')
  if (refundable(payment) === 0) return coded(402, '1023', 'Payment already refunded')
  if (amount > refundable(payment)) return coded(402, '1009', 'Invalid refund amount')
  const made = refund(world, payment, { chargeId, amount, reference: body.myReference ?? null })
  return { status: 201, body: { refundId: made.id } }
}

export function cancelRefund(payment: CardPayment, refundId: string): Reply {
  const pending = payment.refunds.find(({ id, state }) => id === refundId && state === 'Pending')
  if (!pending) return coded(402, '1025', 'Refund cancel failed')
  pending.state = 'Cancelled'
  return { status: 204 }
}

const amountMissing: Reply = { status: 400, body: { errors: { Amount: ['Must be greater than zero'] } } }

function wholeAmount({ amount }: ChargeBody): number | undefined {
  return typeof amount === 'number' && Number.isSafeInteger(amount) && amount > 0 ? amount : undefined
}

export function coded(status: number, code: string, message: string): Reply {
  return { status, body: { message, code, source: 'Internal' } }
}
