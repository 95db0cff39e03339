import { sha256 } from '../../base/digest.ts'
import type { Sql, Tx } from '../../database/database.ts'
import { lockUntilCommit } from '../../database/locks.ts'
import { type AuditEntry, type AuditRow, auditText, BEGINNING } from './audit.ts'

/** The newest row's number and hash: whoever has written them down can tell later whether the end was cut off. */
export interface AuditHead {
  id: number
  hash: string
}

const columns = `id, to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, who, role, act, subject, before, after, reason,
  address, request, previous_hash as "previousHash", hash`

/**
 * Adds a row to the trail, in the transaction of what it tells of: both are there or neither. Call it last: from here to
 * the commit everybody else's waits.
 */
export async function recordAudit(
  tx: Tx,
  now: Date,
  { actor, act, subject, before, after, reason }: AuditEntry,
): Promise<AuditHead> {
  await lockUntilCommit(tx, 'auditChain')
  const previous = await auditHead(tx)
  const row = {
    ...actor,
    id: (previous?.id ?? 0) + 1,
    at: now.toISOString(),
    act,
    subject,
    before: before ?? null,
    after: after ?? null,
    reason: reason ?? null,
    previousHash: previous?.hash ?? BEGINNING,
  }
  const hash = sha256(auditText(row))
  await tx.query(
    `insert into audit (id, at, who, role, act, subject, before, after, reason, address, request, previous_hash, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      row.id,
      row.at,
      row.who,
      row.role,
      row.act,
      row.subject,
      row.before && JSON.stringify(row.before),
      row.after && JSON.stringify(row.after),
      row.reason,
      row.address,
      row.request,
      row.previousHash,
      hash,
    ],
  )
  return { id: row.id, hash }
}

export async function auditHead(db: Sql): Promise<AuditHead | undefined> {
  const [head] = await db.query<AuditHead>('select id, hash from audit order by id desc limit 1')
  return head
}

/** Returns rows after a number, oldest first. */
export function auditAfter(db: Sql, id: number, limit: number): Promise<AuditRow[]> {
  return db.query<AuditRow>(`select ${columns} from audit where id > $1 order by id limit $2`, [id, limit])
}

export interface AuditFilter {
  /** Rows before this number; null for the newest. */
  before: number | null
  who: string | null
  act: string | null
  subject: string | null
}

/** Returns the trail for people: newest first. */
export function listAudit(
  db: Sql,
  { before, who, act, subject }: AuditFilter,
  limit: number,
): Promise<AuditRow[]> {
  return db.query<AuditRow>(
    `select ${columns} from audit
      where ($1::bigint is null or id < $1) and ($2::text is null or who = $2)
        and ($3::text is null or act = $3) and ($4::text is null or subject = $4)
      order by id desc limit $5`,
    [before, who, act, subject, limit],
  )
}
