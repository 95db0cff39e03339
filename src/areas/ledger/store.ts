import { localDay } from '../../base/calendar.ts'
import { CURRENCY, type Ore, ore } from '../../base/money.ts'
import type { Sql, Tx } from '../../database/database.ts'
import { incomeSides, type Posting } from './posting.ts'

/** A posting as it stands in the journal. */
export interface BookedPosting extends Posting {
  id: number
  bookedAt: Date
  /** The day it belongs to in the books, ISO date, local time. */
  bookDate: string
}

interface PostingRow {
  id: number
  booked_at: Date
  book_date: string
  cause: string
  kind: Posting['kind']
  part: number
  debit_account: string
  credit_account: string
  amount: number
  cost_centre: string
  activity: string | null
  project: string | null
  counterparty: string | null
  vat: Posting['coding']['vat']
  text: string
}

/**
 * Writes an entry. A cause is booked once per kind and part: a second time is a broken unique key, which rolls back
 * the whole transaction that tried it.
 */
export async function book(tx: Tx, postings: Posting[], at: Date): Promise<void> {
  const column = <Value>(of: (posting: Posting) => Value) => postings.map(of)
  await tx.query(
    `insert into posting (booked_at, book_date, cause, kind, part, debit_account, credit_account, amount, currency,
                          cost_centre, activity, project, counterparty, vat, text)
     select $1, $2, cause, kind, part, debit_account, credit_account, amount, $15,
            cost_centre, activity, project, counterparty, vat, words
     from unnest($3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::text[],
                 $11::text[], $12::text[], $13::text[], $14::text[])
       with ordinality as entry (cause, kind, part, debit_account, credit_account, amount, cost_centre, activity,
                                 project, counterparty, vat, words, place)
     order by place`,
    [
      at,
      localDay(at),
      column(({ cause }) => cause),
      column(({ kind }) => kind),
      column(({ part }) => part),
      column(({ to }) => to),
      column(({ from }) => from),
      column(({ amount }) => amount),
      column(({ coding }) => coding.costCentre),
      column(({ coding }) => coding.activity),
      column(({ coding }) => coding.project),
      column(({ coding }) => coding.counterparty),
      column(({ coding }) => coding.vat),
      column(({ text }) => text),
      CURRENCY,
    ],
  )
}

/** Returns what a cause has written in the journal, in order. */
export async function postingsOf(sql: Sql, cause: string): Promise<BookedPosting[]> {
  return (await sql.query<PostingRow>('select * from posting where cause = $1 order by id', [cause])).map(
    asPosting,
  )
}

/** Reads a row of the table. */
export function asPosting(row: PostingRow): BookedPosting {
  return {
    id: row.id,
    bookedAt: row.booked_at,
    bookDate: row.book_date,
    cause: row.cause,
    kind: row.kind,
    part: row.part,
    from: row.credit_account,
    to: row.debit_account,
    amount: ore(row.amount) as Ore,
    coding: {
      account: incomeSides[row.kind] === 'from' ? row.credit_account : row.debit_account,
      costCentre: row.cost_centre,
      activity: row.activity,
      project: row.project,
      counterparty: row.counterparty,
      vat: row.vat,
    },
    text: row.text,
  }
}
