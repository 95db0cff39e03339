import type { Tx } from '../../database/database.ts'
import type { RefundFact } from '../../outside/ports/provider.ts'
import type { Uses } from '../../work/context.ts'
import { recordEvent } from '../payments/event-store.ts'
import { linesOf } from '../payments/line-store.ts'
import type { Payment } from '../payments/store.ts'
import { moveRefund } from './move-refund.ts'
import { readSurplus } from './read-surplus.ts'
import { refundReference, takesMoney } from './refund.ts'
import { refundableByLine, type Share, shareOut } from './shares.ts'
import { insertRefund, type Refund, refundsOf } from './store.ts'

/**
 * Records a refund that somebody made in the provider's own pages: money that has moved stands in the books, whoever
 * moved it. Returns false when it is more than there is.
 */
export async function recordExternalRefund(
  tx: Tx,
  uses: Uses<'clock' | 'config'>,
  payment: Payment,
  fact: RefundFact,
): Promise<boolean> {
  const now = uses.clock.now()
  const refunds = await refundsOf(tx, payment.id)
  const shares = await sharesFor(tx, payment, fact, refunds)
  if (!shares) return false
  const made = {
    paymentId: payment.id,
    reference: refundReference(payment.reference, refunds.length),
    cause: 'elsewhere' as const,
    state: 'pending' as const,
    amount: fact.amount,
    // Its cause and the provider's id say it all.
    reason: '',
    proposedBy: payment.provider,
    proposedAt: now,
    providerId: fact.id,
    shares,
    nextTryAt: now,
  }
  await insertRefund(tx, made)
  const facts = { refund: made.reference, amount: fact.amount, providerId: fact.id }
  await recordEvent(tx, payment.id, { at: now, what: 'refunded-elsewhere', by: payment.provider, facts })
  const refund = (await refundsOf(tx, payment.id)).find(({ reference }) => reference === made.reference)
  if (refund && fact.state === 'done') {
    const move = { to: 'done' as const, providerId: fact.id, by: payment.provider, now }
    await moveRefund(tx, uses, payment, refund, move)
  }
  return true
}

/** Of what no other refund has taken; when one that is only on its way stands against it, of what is not gone yet. */
async function sharesFor(
  tx: Tx,
  payment: Payment,
  { amount }: RefundFact,
  refunds: Refund[],
): Promise<Share[] | undefined> {
  const lines = await linesOf(tx, payment.id)
  const surplus = await readSurplus(tx, payment)
  const left = (those: Refund[]) =>
    refundableByLine(
      lines,
      surplus,
      those.flatMap(({ shares }) => shares),
    )
  const gone = refunds.filter(({ state }) => state === 'done' || state === 'pending')
  return (
    shareOut(amount, left(refunds.filter(({ state }) => takesMoney(state)))) ?? shareOut(amount, left(gone))
  )
}
