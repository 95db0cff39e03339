import type { Log } from '../../base/log.ts'
import type { Database } from '../../database/database.ts'
import { deleteSessionsOf, type PersonKey, type WhichSessions } from './session-store.ts'

/** Ends sessions of the person who asks, at once and at every instance (ASVS V7.5.2). Nobody else's, whatever they name. */
export async function endOwnSessions(
  { db, log }: { db: Database; log: Log },
  { person, which }: { person: PersonKey; which: WhichSessions },
): Promise<void> {
  const ended = await db.transaction((tx) => deleteSessionsOf(tx, person, which))
  log.info({ event: 'own-sessions.ended', ended }, 'a person ended their own sessions')
}
