import type { Log } from '../../base/log.ts'
import type { Database } from '../../database/database.ts'
import { auditHead } from './audit-store.ts'
import { verifyAudit } from './verify-audit.ts'
import { writeAuditHead } from './write-audit-head.ts'

/** Once a day: the whole trail is held to its hashes, and its head is written. What is wrong is an error in the log. */
export async function anchorAudit({ db, log }: { db: Database; log: Log }): Promise<void> {
  const verdict = await verifyAudit(db)
  if (!verdict.ok)
    log.error(
      { event: 'audit-trail.broken', fault: verdict.fault },
      'the audit trail differs from what was written',
    )
  const head = verdict.ok ? verdict.head : await auditHead(db)
  if (head) writeAuditHead(log, head)
}
