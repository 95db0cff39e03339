import { sha256 } from '../../base/digest.ts'
import type { Sql } from '../../database/database.ts'
import { type AuditFault, type AuditRow, faultBetween } from './audit.ts'
import { type AuditHead, auditAfter } from './audit-store.ts'

export type AuditVerdict =
  | { ok: true; rows: number; head: AuditHead | undefined }
  | { ok: false; fault: AuditFault }

const AT_ONCE = 1000

/**
 * Reads the whole trail and holds each row to the one before it. `known` are heads that were written down earlier: with
 * them a trail whose end was cut off, or that was written anew from some row on, is found out too.
 */
export async function verifyAudit(db: Sql, known: AuditHead[] = []): Promise<AuditVerdict> {
  const byId = Map.groupBy(known, ({ id }) => id)
  let last: AuditRow | undefined
  for (;;) {
    const rows = await auditAfter(db, last?.id ?? 0, AT_ONCE)
    for (const row of rows) {
      const fault = faultBetween(last, row, sha256)
      if (fault) return { ok: false, fault }
      if (byId.get(row.id)?.some(({ hash }) => hash !== row.hash))
        return { ok: false, fault: { kind: 'cut-off', id: row.id } }
      last = row
    }
    if (rows.length < AT_ONCE) break
  }
  const lost = known.map(({ id }) => id).filter((id) => id > (last?.id ?? 0))
  if (lost.length > 0) return { ok: false, fault: { kind: 'cut-off', id: Math.min(...lost) } }
  return { ok: true, rows: last?.id ?? 0, head: last && { id: last.id, hash: last.hash } }
}
