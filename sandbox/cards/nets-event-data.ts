import { createHash } from 'node:crypto'
import { hexId } from './acts.ts'
import type { Happening } from './happening.ts'
import type { CardPayment, OrderItem } from './payment.ts'

/** One event of Nets Easy, before it is put into an envelope of one version or the other. */
export interface NetsEvent {
  /** Without version. */
  name: string
  id: string
  offset: '+00:00' | '+01:00'
  data: (version: 1 | 2) => Record<string, unknown>
}

/** What Nets Easy tells of a happening, or nothing: shapes of the official SDK's fixtures and of captured payloads. */
export function eventOf(payment: CardPayment, happening: Happening): NetsEvent | undefined {
  const tail = { ...myReference(payment), amount: money(payment, payment.amount) }
  switch (happening.kind) {
    case 'pay-pressed':
      return plain('payment.created', { order: orderOf(payment), ...myReference(payment) }, payment)
    case 'checkout-completed': {
      const data = { order: orderOf(payment), consumer: { ip: '192.0.2.17' }, ...myReference(payment) }
      return { ...plain('payment.checkout.completed', data, payment), offset: '+01:00' }
    }
    case 'declined': {
      const { code, message } = happening.decline
      const error = { code, message, source: 'Issuer' }
      const data = { error, orderItems: payment.items, amount: money(payment, payment.amount) }
      return plain('payment.reservation.failed', data, payment)
    }
    case 'reserved':
      return {
        name: 'payment.reservation.created',
        id: payment.reservationId,
        offset: '+00:00',
        data: (version) => ({ ...reservationData(payment, version), ...tail, ...ending(payment) }),
      }
    case 'charged':
      return chargeEvent(payment, happening.chargeId)
    case 'charge-failed':
      return chargeFailed(payment, happening.chargeId)
    case 'cancelled': {
      const { cancelId, amount } = happening
      const data = {
        cancelId,
        orderItems: payment.items,
        ...myReference(payment),
        amount: money(payment, amount),
      }
      return {
        ...plain('payment.cancel.created', { ...data, surchargeAmount: 0 }, payment, cancelId),
        offset: '+01:00',
      }
    }
    case 'refund-initiated':
    case 'refund-completed':
    case 'refund-failed':
      return refundEvent(payment, happening)
    case 'expired':
    case 'dispute-opened':
    case 'dispute-closed':
      return undefined
  }
}

function chargeEvent(payment: CardPayment, chargeId: string): NetsEvent {
  const charge = payment.charges.find(({ id }) => id === chargeId)
  const items: OrderItem[] = charge?.items ?? payment.items
  return {
    name: 'payment.charge.created',
    id: chargeId,
    offset: '+01:00',
    data: (version) => ({
      chargeId,
      orderItems: items,
      ...(version === 1 ? { reservationId: payment.reservationId } : paidBy(payment)),
      ...reconciliation(payment),
      ...myReference(payment),
      amount: money(payment, charge?.amount ?? payment.amount),
      ...ending(payment),
    }),
  }
}

function chargeFailed(payment: CardPayment, chargeId: string): NetsEvent {
  return {
    name: 'payment.charge.failed',
    id: chargeId,
    offset: '+00:00',
    data: (version) => ({
      error: { code: '51', message: 'Insufficient funds', source: 'Issuer' },
      chargeId,
      orderItems: payment.items,
      ...(version === 1 ? { reservationId: payment.reservationId } : paidBy(payment)),
      ...reconciliation(payment),
      ...myReference(payment),
      amount: money(payment, payment.amount),
      ...ending(payment),
    }),
  }
}

function refundEvent(
  payment: CardPayment,
  { kind, refund }: Extract<Happening, { kind: `refund-${string}` }>,
): NetsEvent {
  const amount = money(payment, refund.amount)
  if (kind === 'refund-initiated') {
    const { id: refundId, chargeId } = refund
    const mine = refund.reference === null ? {} : { myReference: refund.reference }
    const orderItems = payment.items
    const data = { refundId, chargeId, orderItems, ...mine, amount, ...ending(payment) }
    return { ...plain('payment.refund.initiated', data, payment, refundId), offset: '+01:00' }
  }
  const data = { refundId: refund.id, ...reconciliation(payment), amount, ...ending(payment) }
  if (kind === 'refund-completed')
    return { ...plain('payment.refund.completed', data, payment), offset: '+01:00' }
  const error = { code: '911', message: 'Error occurred', source: 'Internal' }
  return plain('payment.refund.failed', { error, ...data }, payment)
}

function plain(name: string, data: Record<string, unknown>, payment: CardPayment, id = hexId()): NetsEvent {
  return { name, id, offset: '+00:00', data: () => ({ ...data, paymentId: payment.id }) }
}

function orderOf(payment: CardPayment) {
  const { reference, items } = payment
  return { amount: money(payment, payment.amount), reference, orderItems: items }
}

function reservationData(payment: CardPayment, version: 1 | 2) {
  const { method } = payment
  if (version === 2) return { ...paidBy(payment), ...reconciliation(payment), ...accountReference(payment) }
  return {
    cardDetails: {
      creditDebitIndicator: 'D',
      expiryMonth: Number(method?.expiry.slice(0, 2)),
      expiryYear: Number(method?.expiry.slice(2)),
      issuerCountry: 'SE',
      truncatedPan: method?.maskedPan,
      threeDSecure: { authenticationEnrollmentStatus: 'Y', authenticationStatus: 'Y', eci: '05' },
    },
    ...paidBy(payment),
    consumer: { ip: '192.0.2.17' },
    reservationReference: '211569',
    reserveId: payment.reservationId,
    ...reconciliation(payment),
    ...accountReference(payment),
  }
}

function paidBy({ method }: CardPayment) {
  return { paymentMethod: method?.name, paymentType: method?.type }
}

function money({ currency }: CardPayment, amount: number) {
  return { amount, currency }
}

function ending(payment: CardPayment) {
  return { surchargeAmount: 0, paymentId: payment.id }
}

function myReference(payment: CardPayment) {
  return payment.myReference === null ? {} : { myReference: payment.myReference }
}

function reconciliation(payment: CardPayment) {
  return { reconciliationReference: stamp(payment.id).slice(0, 25) }
}

function accountReference(payment: CardPayment) {
  return { paymentAccountReference: `V${stamp(payment.id).replace(/\D/g, '').padEnd(28, '0').slice(0, 28)}` }
}

function stamp(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
