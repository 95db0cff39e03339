import { type Ore, ore } from '../../base/money.ts'
import type { Sql, Tx } from '../../database/database.ts'
import { lockUntilCommit } from '../../database/locks.ts'
import { asPosting, type BookedPosting } from '../ledger/store.ts'
import type { ControlTotals } from './batch.ts'

/** Postings handed to the economy system together. Locked from the moment it exists; a correction is another. */
export interface Batch extends ControlTotals {
  number: number
  series: string
  madeAt: Date
  madeBy: string
}

/** A file of a batch, without its bytes. */
export interface BatchFile {
  format: string
  name: string
  sha256: string
  bytes: number
}

export interface BatchDownload {
  format: string
  at: Date
  by: string
}

interface BatchRow {
  number: number
  series: string
  made_at: Date
  made_by: string
  first_day: string
  last_day: string
  postings: number
  total: number
}

function asBatch(row: BatchRow): Batch {
  return {
    number: row.number,
    series: row.series,
    madeAt: row.made_at,
    madeBy: row.made_by,
    firstDay: row.first_day,
    lastDay: row.last_day,
    postings: row.postings,
    total: ore(row.total),
  }
}

/**
 * Returns the next number of the series, without gaps, and keeps it locked. Whoever comes second waits here until the first has committed, and
 * then sees its number and its postings taken; a rolled back number was never used.
 */
export async function lockNextNumber(tx: Tx): Promise<number> {
  await lockUntilCommit(tx, 'batchNumber')
  return nextNumber(tx)
}

/** The number that the next batch would get now. */
export async function nextNumber(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ next: number }>('select coalesce(max(number), 0) + 1 as next from batch')
  return row?.next ?? 1
}

/**
 * Postings booked by `until` that are in no batch. By what they are, not by the last id: a slow transaction commits late.
 * The database itself keeps count of them (migration 0019).
 */
export async function postingsToExport(sql: Sql, until: Date): Promise<BookedPosting[]> {
  const rows = await sql.query<Parameters<typeof asPosting>[0]>(
    `select posting.* from posting_to_export join posting on posting.id = posting_id
     where booked_at <= $1 order by book_date, posting.id`,
    [until],
  )
  return rows.map(asPosting)
}

/** How many postings are in no batch, and their sum. */
export async function unexported(sql: Sql): Promise<{ postings: number; total: Ore }> {
  const [row] = await sql.query<{ postings: number; total: number }>(
    `select count(*)::int as postings, coalesce(sum(amount), 0)::bigint as total
     from posting_to_export join posting on posting.id = posting_id`,
  )
  return { postings: row?.postings ?? 0, total: ore(row?.total ?? 0) }
}

export interface NewBatch extends Batch {
  postingIds: number[]
  files: (Omit<BatchFile, 'bytes'> & { content: Buffer })[]
}

export async function insertBatch(tx: Tx, batch: NewBatch): Promise<void> {
  await tx.query(
    `insert into batch (number, series, made_at, made_by, first_day, last_day, postings, total)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      batch.number,
      batch.series,
      batch.madeAt,
      batch.madeBy,
      batch.firstDay,
      batch.lastDay,
      batch.postings,
      batch.total,
    ],
  )
  await tx.query('insert into batch_posting (posting_id, batch_number) select unnest($1::bigint[]), $2', [
    batch.postingIds,
    batch.number,
  ])
  for (const { format, name, content, sha256 } of batch.files) {
    await tx.query(
      'insert into batch_file (batch_number, format, name, content, sha256) values ($1, $2, $3, $4, $5)',
      [batch.number, format, name, content, sha256],
    )
  }
}

/** Newest first, those below `before`. */
export async function listBatches(sql: Sql, before: number | null, limit: number): Promise<Batch[]> {
  const rows = await sql.query<BatchRow>(
    'select * from batch where $1::int is null or number < $1 order by number desc limit $2',
    [before, limit],
  )
  return rows.map(asBatch)
}

export async function readBatch(sql: Sql, number: number): Promise<Batch | undefined> {
  const [row] = await sql.query<BatchRow>('select * from batch where number = $1', [number])
  return row && asBatch(row)
}

/** The postings of a batch in their order. */
export async function postingsOfBatch(sql: Sql, number: number): Promise<BookedPosting[]> {
  const rows = await sql.query<Parameters<typeof asPosting>[0]>(
    `select posting.* from posting join batch_posting on batch_posting.posting_id = posting.id
     where batch_number = $1 order by book_date, posting.id`,
    [number],
  )
  return rows.map(asPosting)
}

/** The causes of postings that are in no batch. */
export async function causesToExport(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ cause: string }>(
    'select distinct cause from posting_to_export join posting on posting.id = posting_id',
  )
  return rows.map(({ cause }) => cause)
}

/** In which batch each posting of some causes is; `batch` is null for those in none. */
export async function batchesOfCauses(
  sql: Sql,
  causes: string[],
): Promise<{ cause: string; postingId: number; batch: number | null }[]> {
  return sql.query(
    `select cause, posting.id as "postingId", batch_number as batch
     from posting left join batch_posting on batch_posting.posting_id = posting.id
     where cause = any($1) order by posting.id`,
    [causes],
  )
}

export async function filesOf(sql: Sql, number: number): Promise<BatchFile[]> {
  return sql.query<BatchFile>(
    `select format, name, sha256, length(content) as bytes from batch_file where batch_number = $1 order by name desc`,
    [number],
  )
}

/** The very bytes that were handed over. */
export async function readBatchFile(
  sql: Sql,
  number: number,
  format: string,
): Promise<{ name: string; content: Buffer; sha256: string } | undefined> {
  const [row] = await sql.query<{ name: string; content: Buffer; sha256: string }>(
    'select name, content, sha256 from batch_file where batch_number = $1 and format = $2',
    [number, format],
  )
  return row
}

export async function recordDownload(
  tx: Tx,
  number: number,
  { format, at, by }: BatchDownload,
): Promise<void> {
  await tx.query('insert into batch_download (batch_number, format, at, by) values ($1, $2, $3, $4)', [
    number,
    format,
    at,
    by,
  ])
}

/** Who has fetched a batch's files, newest first. */
export async function downloadsOf(sql: Sql, number: number): Promise<BatchDownload[]> {
  return sql.query<BatchDownload>(
    'select format, at, by from batch_download where batch_number = $1 order by id desc limit 100',
    [number],
  )
}
