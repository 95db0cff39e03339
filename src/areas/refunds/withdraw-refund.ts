import type { Actor } from '../../base/actor.ts'
import type { Uses } from '../../work/context.ts'
import { recordAudit } from '../audit/audit-store.ts'
import { moveRefund } from './move-refund.ts'
import { lockRefund } from './store.ts'

export type WithdrawalOutcome =
  | { kind: 'withdrawn' }
  | { kind: 'no-such-refund' }
  | { kind: 'reason-missing' }
  /** It has been approved, or withdrawn already. */
  | { kind: 'not-proposed' }

/** A proposal is taken back by who made it, or refused by who should have approved it. Nothing has been sent. */
export async function withdrawRefund(
  { db, clock, config }: Uses<'db' | 'clock' | 'config'>,
  { reference, actor, reason }: { reference: string; actor: Actor; reason: string },
): Promise<WithdrawalOutcome> {
  if (reason.trim() === '') return { kind: 'reason-missing' }
  return db.transaction(async (tx) => {
    const locked = await lockRefund(tx, reference)
    if (!locked) return { kind: 'no-such-refund' }
    const { payment, refund } = locked
    if (refund.state !== 'proposed') return { kind: 'not-proposed' }
    const now = clock.now()
    const why = reason.trim()
    await moveRefund(tx, { config }, payment, refund, { to: 'withdrawn', why, by: actor.who, now })
    await recordAudit(tx, now, {
      actor,
      act: 'refund-refused',
      subject: `refund ${reference}`,
      before: { state: 'proposed', amount: refund.amount, proposedBy: refund.proposedBy },
      after: { state: 'withdrawn' },
      reason: reason.trim(),
    })
    return { kind: 'withdrawn' }
  })
}
