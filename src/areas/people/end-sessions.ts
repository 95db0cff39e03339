import type { Actor } from '../../base/actor.ts'
import { digestOf } from '../../base/digest.ts'
import type { Log } from '../../base/log.ts'
import type { Database } from '../../database/database.ts'
import type { Clock } from '../../work/context.ts'
import { recordAudit } from '../audit/audit-store.ts'
import { deleteAllSessions, deleteSessionsOf, type PersonKey } from './session-store.ts'

export interface EndUses {
  db: Database
  clock: Clock
  log: Log
}

export interface EndRequest {
  /** Whose sessions: somebody's, by what personIn reads, or everybody's. */
  whose: PersonKey | 'everybody'
  reason: string
  actor: Actor
}

/**
 * Ends all sessions of somebody, or of everybody, for a reason that the audit trail keeps: at once, at every
 * instance (ASVS V7.4.5). Returns how many. The trail cannot forget anybody, so it names the person by a digest that can be
 * recognised and not read: the first twelve digits of SHA-256 of the identifier.
 */
export async function endSessions(
  { db, clock, log }: EndUses,
  { whose, reason, actor }: EndRequest,
): Promise<number> {
  const ended = await db.transaction(async (tx) => {
    const sessions =
      whose === 'everybody' ? await deleteAllSessions(tx) : await deleteSessionsOf(tx, whose, 'all')
    const subject = whose === 'everybody' ? 'sessions of everybody' : `sessions of ${digestOf(whose.id)}`
    await recordAudit(tx, clock.now(), { actor, act: 'sessions-ended', subject, after: { sessions }, reason })
    return sessions
  })
  log.warn({ event: 'sessions.ended', ended, everybody: whose === 'everybody' }, 'sessions ended')
  return ended
}
