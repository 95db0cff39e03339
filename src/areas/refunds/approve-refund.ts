import type { Actor } from '../../base/actor.ts'
import type { Uses } from '../../work/context.ts'
import { recordAudit } from '../audit/audit-store.ts'
import { moveRefund } from './move-refund.ts'
import { lockRefund } from './store.ts'

export type ApprovalOutcome =
  | { kind: 'approved' }
  | { kind: 'no-such-refund' }
  /** Nobody approves what they have proposed themselves. */
  | { kind: 'own-proposal' }
  /** Approved or withdrawn by somebody else in the meantime. */
  | { kind: 'not-proposed' }

/** A second person agrees to a refund; from then on it is on its way. */
export async function approveRefund(
  { db, jobs, clock, log, config }: Uses<'db' | 'jobs' | 'clock' | 'log' | 'config'>,
  reference: string,
  actor: Actor,
): Promise<ApprovalOutcome> {
  const outcome = await db.transaction(async (tx): Promise<ApprovalOutcome> => {
    const locked = await lockRefund(tx, reference)
    if (!locked) return { kind: 'no-such-refund' }
    const { payment, refund } = locked
    if (refund.state !== 'proposed') return { kind: 'not-proposed' }
    if (refund.proposedBy === actor.who) return { kind: 'own-proposal' }
    const now = clock.now()
    await moveRefund(tx, { config }, payment, refund, { to: 'approved', by: actor.who, now })
    await recordAudit(tx, now, {
      actor,
      act: 'refund-approved',
      subject: `refund ${reference}`,
      before: { state: 'proposed', proposedBy: refund.proposedBy },
      after: { state: 'approved', amount: refund.amount },
    })
    return { kind: 'approved' }
  })
  if (outcome.kind === 'approved') {
    log.info({ event: 'refund.approved', refund: reference, by: actor.who }, 'refund approved')
    jobs.wake('refunds')
  }
  return outcome
}
