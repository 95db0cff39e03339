import { type Ore, ore } from '../../base/money.ts'
import type { Sql, Tx } from '../../database/database.ts'
import { lockUntilCommit } from '../../database/locks.ts'
import { asPosting, type BookedPosting } from '../ledger/store.ts'
import type { ControlTotals, PostingSum } from './batch.ts'

/** Postings handed to the economy system together. Locked from the moment it exists; a correction is another. */
export interface Batch extends ControlTotals {
  number: number
  series: string
  madeAt: Date
  madeBy: string
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

/** Returns the number that the next batch would get now. */
export async function nextNumber(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ next: number }>('select coalesce(max(number), 0) + 1 as next from batch')
  return row?.next ?? 1
}

/**
 * Returns what the postings booked by `until` that are in no batch come to. The database itself keeps count of them
 * (migration 0019).
 */
export async function sumsToExport(sql: Sql, until: Date): Promise<PostingSum[]> {
  const rows = await sql.query<SumRow>(
    `${SUMS} from posting_to_export join posting on posting.id = posting_id where booked_at <= $1 ${OF_EACH}`,
    [until],
  )
  return rows.map(asSum)
}

/** Returns what the postings of a batch come to. */
export async function sumsOfBatch(sql: Sql, number: number): Promise<PostingSum[]> {
  const rows = await sql.query<SumRow>(
    `${SUMS} from batch_posting join posting on posting.id = posting_id where batch_number = $1 ${OF_EACH}`,
    [number],
  )
  return rows.map(asSum)
}

const SUMS = `select book_date as "bookDate", kind, credit_account as "from", debit_account as "to",
                     cost_centre as "costCentre", count(*)::int as postings, sum(amount)::bigint as amount`
const OF_EACH = 'group by book_date, kind, credit_account, debit_account, cost_centre order by 1, 2, 3, 4, 5'

type SumRow = Omit<PostingSum, 'amount'> & { amount: number }

function asSum(row: SumRow): PostingSum {
  return { ...row, amount: ore(row.amount) }
}

/** Returns how many postings are in no batch, and their sum. */
export async function unexported(sql: Sql): Promise<{ postings: number; total: Ore }> {
  const [row] = await sql.query<{ postings: number; total: number }>(
    `select count(*)::int as postings, coalesce(sum(amount), 0)::bigint as total
     from posting_to_export join posting on posting.id = posting_id`,
  )
  return { postings: row?.postings ?? 0, total: ore(row?.total ?? 0) }
}

/** What a preview has shown of a batch. */
export interface ShownBatch {
  postings: number
  total: Ore
}

export interface NewBatch extends Pick<Batch, 'number' | 'series' | 'madeAt' | 'madeBy'> {
  /** What was booked by then is in it. */
  until: Date
}

/**
 * Records a batch of all postings booked by `until` that are in none. By what they are, not by the last id: a slow
 * transaction commits late. One statement, so that totals and postings are of one instant, and no posting comes here.
 * Undefined, and nothing is written, when there are no such postings or when they are not what was shown.
 */
export async function insertBatch(tx: Tx, batch: NewBatch, shown?: ShownBatch): Promise<Batch | undefined> {
  const [row] = await tx.query<BatchRow>(
    `with waiting as (
       select posting.id, book_date, amount from posting_to_export join posting on posting.id = posting_id
       where booked_at <= $5),
     made as (
       insert into batch (number, series, made_at, made_by, first_day, last_day, postings, total)
       select $1::int, $2, $3, $4, min(book_date), max(book_date), count(*), sum(amount) from waiting
       having count(*) > 0 and ($6::bigint is null or (count(*) = $6::bigint and sum(amount) = $7::bigint))
       returning *),
     handed_over as (
       insert into batch_posting (posting_id, batch_number) select waiting.id, made.number from waiting, made)
     select * from made`,
    [
      batch.number,
      batch.series,
      batch.madeAt,
      batch.madeBy,
      batch.until,
      shown?.postings ?? null,
      shown?.total ?? null,
    ],
  )
  return row && asBatch(row)
}

/** Marks where `undoBatch` goes back to: a batch that cannot be written was never made. */
export async function markBeforeBatch(tx: Tx): Promise<void> {
  await tx.query('savepoint before_batch')
}

export async function undoBatch(tx: Tx): Promise<void> {
  await tx.query('rollback to savepoint before_batch')
}

/** So many postings are read at a time: a millisecond or two of work between two turns of the event loop. */
const PORTION = 500

/**
 * Returns the postings of a batch by day, kind and id, a portion at a time. Within one transaction, which keeps the place
 * in the list: the list is sorted once and never whole in memory.
 */
export async function* postingsOfBatch(tx: Tx, number: number): AsyncGenerator<BookedPosting[]> {
  await tx.query(
    `declare posting_of_batch no scroll cursor for
     select posting.* from batch_posting join posting on posting.id = posting_id
     where batch_number = $1 order by book_date, kind collate "C", posting.id`,
    [number],
  )
  let rows: Parameters<typeof asPosting>[0][]
  do {
    rows = await tx.query(`fetch ${PORTION} from posting_of_batch`)
    if (rows.length > 0) yield rows.map(asPosting)
  } while (rows.length === PORTION)
  await tx.query('close posting_of_batch')
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

/** Returns the causes of postings that are in no batch. */
export async function causesToExport(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ cause: string }>(
    'select distinct cause from posting_to_export join posting on posting.id = posting_id',
  )
  return rows.map(({ cause }) => cause)
}

/** Returns in which batch each posting of some causes is; `batch` is null for those in none. */
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
