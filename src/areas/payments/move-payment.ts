import type { Tx } from '../../database/database.ts'
import type { PaidWith } from '../../outside/ports/provider.ts'
import { recordEvent } from './event-store.ts'
import { releaseDebts } from './line-store.ts'
import { stepTo } from './payment.ts'
import type { NewEvent } from './payment-event.ts'
import { type Payment, recordCheckout, recordEnd, recordPaid } from './store.ts'

/** Where a payment goes, with what is known of it there. `lookAt`: when the provider is asked next; null ends the questions. */
export type PaymentMove = { by: string; at: Date } & (
  | { to: 'open'; checkoutId: string; url: string; lookAt: Date }
  | { to: 'paid'; chargeId: string; paidAt: Date; with: PaidWith; lookAt: Date | null }
  | { to: 'failed'; answer: string | null; lookAt: null }
  | { to: 'declined' | 'cancelled' | 'expired'; lookAt: Date | null }
)

/**
 * Moves a payment on: the only way in which its state changes. Records state and event, and lets the debts of one that
 * will not be paid go. The caller holds the payment's lock. Returns it as it is afterwards; throws when the table of
 * steps has no such step.
 */
export async function movePayment(tx: Tx, payment: Payment, move: PaymentMove): Promise<Payment> {
  const what = stepTo(payment.state, move.to)
  const { at, by } = move
  const event = { what, facts: factsOf(move), at, by } as NewEvent
  const [afterwards] = await Promise.all([
    write(tx, payment.id, move),
    recordEvent(tx, payment.id, event),
    move.to !== 'open' && move.to !== 'paid' ? releaseDebts(tx, payment.id) : undefined,
  ])
  return afterwards
}

function factsOf(move: PaymentMove): object {
  if (move.to === 'open') return { checkout: move.checkoutId }
  return move.to === 'failed' ? { answer: move.answer } : {}
}

function write(tx: Tx, id: number, move: PaymentMove): Promise<Payment> {
  if (move.to === 'open') return recordCheckout(tx, id, move)
  if (move.to === 'paid') return recordPaid(tx, id, { ...move, settledAt: move.at })
  return recordEnd(tx, id, move.to, move.at, move.lookAt)
}
