import { createHash } from 'node:crypto'
import type { CardPayment, Charge, Refund } from './payment.ts'

/** Names and times as Stripe writes them: derived from the payment, so that nothing more need be remembered. */

export const apiVersion = '2026-10-28.endive'

export function intentId(payment: CardPayment): string {
  return `pi_3${mark(payment)}`
}

export function chargeId(charge: Charge): string {
  return `ch_3${charge.id.slice(0, 24)}`
}

export function refundId(refund: Refund): string {
  return `re_3${refund.id.slice(0, 24)}`
}

export function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}

export function mark(payment: CardPayment): string {
  return createHash('sha256').update(payment.id).digest('hex').slice(0, 24)
}
