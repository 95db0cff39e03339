import type { Case, Closing, NewCase } from '../../base/case.ts'
import type { Sql, Tx } from '../../database/database.ts'

interface CaseRow {
  id: number
  kind: string
  subject_kind: string
  subject: string
  payment_id: number | null
  facts: object
  opened_at: Date
}

const CASE = 'id, kind, subject_kind, subject, payment_id, facts, opened_at'

function asCase(row: CaseRow): Case {
  return {
    id: row.id,
    kind: row.kind,
    subjectKind: row.subject_kind,
    subject: row.subject,
    paymentId: row.payment_id,
    facts: row.facts,
    openedAt: row.opened_at,
  }
}

/**
 * Records a case, and returns true when it or its facts are new. While one of its kind is open about the same subject there
 * is no second: that one gets the facts as they are now. Its payment is flagged by the database (0020).
 */
export async function openCase(tx: Tx, one: NewCase): Promise<boolean> {
  const rows = await tx.query(
    `insert into work_case (kind, subject_kind, subject, payment_id, facts, opened_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (kind, subject_kind, subject) where closed_at is null do update set facts = excluded.facts
       where work_case.facts <> excluded.facts returning id`,
    [one.kind, one.subjectKind, one.subject, one.paymentId, JSON.stringify(one.facts), one.at],
  )
  return rows.length > 0
}

/** Records how a case ended. Returns false when it was closed already. */
export async function closeCase(tx: Tx, id: number, { by, how, why, at }: Closing): Promise<boolean> {
  const rows = await tx.query(
    `update work_case set closed_at = $2, closed_by = $3, how = $4, why = $5 where id = $1 and closed_at is null returning id`,
    [id, at, by, how, why],
  )
  return rows.length > 0
}

/** Records that nothing is left to do about a subject, in cases of some kinds or of any. */
export async function closeCasesAbout(
  tx: Tx,
  {
    subjectKind,
    subject,
    kinds,
  }: Pick<Case, 'subjectKind' | 'subject'> & { kinds: readonly string[] | null },
  { by, how, why, at }: Closing,
): Promise<void> {
  await tx.query(
    `update work_case set closed_at = $4, closed_by = $5, how = $6, why = $7
     where subject_kind = $1 and subject = $2 and ($3::text[] is null or kind = any($3)) and closed_at is null`,
    [subjectKind, subject, kinds, at, by, how, why],
  )
}

/** Returns a case while it is open. */
export async function readOpenCase(sql: Sql, id: number): Promise<Case | undefined> {
  const [row] = await sql.query<CaseRow>(
    `select ${CASE} from work_case where id = $1 and closed_at is null`,
    [id],
  )
  return row && asCase(row)
}

/** Locks and returns a case while it is open. What it is about is locked before. */
export async function lockOpenCase(tx: Tx, id: number): Promise<Case | undefined> {
  const [row] = await tx.query<CaseRow>(
    `select ${CASE} from work_case where id = $1 and closed_at is null for update`,
    [id],
  )
  return row && asCase(row)
}

/** Returns the facts of the open case of a kind about a subject. */
export async function openFactsOf(
  sql: Sql,
  { kind, subjectKind, subject }: Pick<Case, 'kind' | 'subjectKind' | 'subject'>,
): Promise<object | undefined> {
  const [row] = await sql.query<{ facts: object }>(
    `select facts from work_case where kind = $1 and subject_kind = $2 and subject = $3 and closed_at is null`,
    [kind, subjectKind, subject],
  )
  return row?.facts
}

/** Lists open cases of some kinds, the oldest first. */
export async function listOpenCases(sql: Sql, kinds: readonly string[], limit: number): Promise<Case[]> {
  const rows = await sql.query<CaseRow>(
    `select ${CASE} from work_case where closed_at is null and kind = any($1) order by opened_at, id limit $2`,
    [kinds, limit],
  )
  return rows.map(asCase)
}

/** Lists the open cases of a payment, the oldest first. */
export async function openCasesOf(sql: Sql, paymentId: number): Promise<Case[]> {
  const rows = await sql.query<CaseRow>(
    `select ${CASE} from work_case where payment_id = $1 and closed_at is null order by opened_at, id`,
    [paymentId],
  )
  return rows.map(asCase)
}

/** Returns how many cases are open, by kind; kinds of which none is are missing. */
export async function countOpenCases(sql: Sql): Promise<{ kind: string; cases: number }[]> {
  return sql.query(
    'select kind, count(*)::int as cases from work_case where closed_at is null group by kind order by kind',
  )
}

/** Returns those of some payments about which a case is open. */
export async function paymentsWithOpenCases(tx: Tx, payments: readonly number[]): Promise<number[]> {
  const rows = await tx.query<{ payment_id: number }>(
    'select distinct payment_id from work_case where payment_id = any($1) and closed_at is null',
    [payments],
  )
  return rows.map(({ payment_id }) => payment_id)
}
