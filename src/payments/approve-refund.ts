import type { Uses } from '../context.ts'
import { decimalText } from '../money.ts'
import { paymentById } from './list-store.ts'
import { readRefund, recordApproval } from './refund-store.ts'
import { lockPayment, recordEvent } from './store.ts'

export type ApprovalOutcome =
  | { kind: 'approved' }
  | { kind: 'no-such-refund' }
  /** Nobody approves what they have proposed themselves. */
  | { kind: 'own-proposal' }
  /** Approved or withdrawn by somebody else in the meantime. */
  | { kind: 'not-proposed' }

/** A second person agrees to a refund; from then on it is on its way. */
export async function approveRefund(
  { db, jobs, clock, log }: Uses<'db' | 'jobs' | 'clock' | 'log'>,
  reference: string,
  by: string,
): Promise<ApprovalOutcome> {
  const known = await readRefund(db, reference)
  const payment = known && (await paymentById(db, known.paymentId))
  if (!payment) return { kind: 'no-such-refund' }
  const outcome = await db.transaction(async (tx): Promise<ApprovalOutcome> => {
    await lockPayment(tx, payment.reference)
    const refund = await readRefund(tx, reference)
    if (refund?.state !== 'proposed') return { kind: 'not-proposed' }
    if (refund.proposedBy === by) return { kind: 'own-proposal' }
    const now = clock.now()
    await recordApproval(tx, refund.id, by, now)
    const detail = `${reference} ${decimalText(refund.amount)} kr`
    await recordEvent(tx, payment.id, { at: now, what: 'refund-approved', by, detail })
    return { kind: 'approved' }
  })
  if (outcome.kind === 'approved') {
    log.info({ payment: payment.reference, refund: reference, by }, 'refund approved')
    jobs.wake('payments')
  }
  return outcome
}
