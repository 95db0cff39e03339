import { randomBytes } from 'node:crypto'
import type { Happening } from './happening.ts'
import {
  type CardPayment,
  type Charge,
  chargedSum,
  type Decline,
  type Dispute,
  type Method,
  type OrderItem,
  payable,
  type Refund,
  refundedSum,
} from './payment.ts'
import type { CardWorld } from './world.ts'

/** What is done to payments, by borrowers on the card page and by merchants over the APIs. Each act tells what happened. */

export function hexId(): string {
  return randomBytes(16).toString('hex')
}

/** A borrower's card was approved: reserved, and charged at once when the order asked for it. False when it is closed. */
export function approve(world: CardWorld, payment: CardPayment, method: Method): boolean {
  if (!payable(payment)) return false
  const happenings = pressPay(payment)
  payment.method = method
  payment.decline = null
  payment.challenge = null
  if (method.type === 'A2A') {
    // Swish and its like take the money themselves: no reservation, no charge call.
    const charge = addCharge(world, payment, payment.amount, payment.items)
    world.tell(payment, [
      ...happenings,
      { kind: 'checkout-completed' },
      { kind: 'charged', chargeId: charge.id },
    ])
    return true
  }
  payment.reserved = payment.amount
  payment.reservationId = hexId()
  happenings.push({ kind: 'reserved' }, { kind: 'checkout-completed' })
  if (payment.autoCharge && world.autoCharge === 'works') {
    const charge = addCharge(world, payment, payment.amount, payment.items)
    happenings.push({ kind: 'charged', chargeId: charge.id })
  } else if (payment.autoCharge && world.autoCharge === 'fails') {
    happenings.push({ kind: 'charge-failed', chargeId: hexId() })
  }
  world.tell(payment, happenings)
  return true
}

/** A borrower's card was declined. The checkout stays open: another card may work. */
export function decline(world: CardWorld, payment: CardPayment, why: Decline): void {
  if (!payable(payment)) return
  const happenings = pressPay(payment)
  payment.decline = why
  payment.challenge = null
  world.tell(payment, [...happenings, { kind: 'declined', decline: why }])
}

function pressPay(payment: CardPayment): Happening[] {
  if (payment.pressedPay) return []
  payment.pressedPay = true
  return [{ kind: 'pay-pressed' }]
}

/** Takes reserved money, all or some of it. */
export function chargeReserved(
  world: CardWorld,
  payment: CardPayment,
  amount: number,
  items: OrderItem[],
): Charge {
  const charge = addCharge(world, payment, amount, items)
  world.tell(payment, [{ kind: 'charged', chargeId: charge.id }])
  return charge
}

function addCharge(world: CardWorld, payment: CardPayment, amount: number, items: OrderItem[]): Charge {
  payment.told = undefined
  const charge = { id: hexId(), amount, at: world.now(), items }
  payment.charges.push(charge)
  return charge
}

/** Releases reserved money, all or some of it. */
export function release(world: CardWorld, payment: CardPayment, amount: number): void {
  payment.told = undefined
  payment.cancelled += amount
  world.tell(payment, [{ kind: 'cancelled', cancelId: hexId(), amount }])
}

/** Closes an unpaid checkout. False when the borrower was faster, or it was closed before. */
export function close(world: CardWorld, payment: CardPayment, how: 'terminated' | 'expired'): boolean {
  if (!payable(payment)) return false
  payment.told = undefined
  payment.closed = { how, at: world.now() }
  payment.challenge = null
  if (how === 'expired') world.tell(payment, [{ kind: 'expired' }])
  return true
}

/** Closes a session whose time is up; called whenever somebody looks at it. */
export function closeIfTimeIsUp(world: CardWorld, payment: CardPayment): void {
  if (payment.expiresAt && payment.expiresAt <= world.now()) close(world, payment, 'expired')
}

/** What can still be refunded, öre: pending refunds count as given. */
export function refundable(payment: CardPayment): number {
  const pending = payment.refunds
    .filter((refund) => refund.state === 'Pending')
    .reduce((sum, refund) => sum + refund.amount, 0)
  return chargedSum(payment) - refundedSum(payment) - pending
}

/** Gives money back. The world decides whether it arrives, waits for money, or fails. */
export function refund(
  world: CardWorld,
  payment: CardPayment,
  {
    chargeId,
    amount,
    reference,
    metadata = {},
  }: { chargeId: string; amount: number; reference: string | null; metadata?: Record<string, string> },
): Refund {
  const made: Refund = {
    id: hexId(),
    chargeId,
    amount,
    at: world.now(),
    state: 'Pending',
    reference,
    metadata,
  }
  payment.told = undefined
  payment.refunds.push(made)
  world.tell(payment, [{ kind: 'refund-initiated', refund: made }])
  if (world.refunds === 'completed') finishRefund(world, payment, made, 'Completed')
  if (world.refunds === 'failed') finishRefund(world, payment, made, 'Failed')
  return made
}

export function finishRefund(
  world: CardWorld,
  payment: CardPayment,
  pending: Refund,
  state: 'Completed' | 'Failed',
): void {
  pending.state = state
  const kind = state === 'Completed' ? 'refund-completed' : 'refund-failed'
  world.tell(payment, [{ kind, refund: pending }])
}

/** The payer's bank takes money back from a charge, all of it unless told otherwise. */
export function dispute(world: CardWorld, payment: CardPayment, amount = chargedSum(payment)): Dispute {
  const [charge] = payment.charges
  if (!charge) throw new Error(`Nothing was charged in ${payment.reference}`)
  const made: Dispute = { id: hexId(), chargeId: charge.id, amount, at: world.now(), state: 'needs_response' }
  payment.disputes.push(made)
  world.tell(payment, [{ kind: 'dispute-opened', dispute: made }])
  return made
}

/** The bank has decided: won gives the money back to the merchant. */
export function closeDispute(
  world: CardWorld,
  payment: CardPayment,
  made: Dispute,
  state: 'won' | 'lost',
): void {
  made.state = state
  world.tell(payment, [{ kind: 'dispute-closed', dispute: made }])
}
