import { type Ore, ore } from '../../base/money.ts'
import type { Own, Sql } from '../../database/database.ts'
import type { PlannedDebit } from '../refunds/debit-plan.ts'

/** A debit that we have begun to send to Koha. `sending` from before the request leaves us until its outcome is known. */
export interface KohaDebit {
  id: number
  lineId: number
  reference: string
  amount: Ore
  state: 'sending' | 'booked' | 'not-booked'
  sentAt: Date
  kohaId: number | null
  bookedAt: Date | null
}

/** The debits of a refund, in the order in which they were sent. */
export async function debitsOf(sql: Sql, refundId: number): Promise<KohaDebit[]> {
  const rows = await sql.query<{
    id: number
    line_id: number
    reference: string
    amount: number
    state: KohaDebit['state']
    sent_at: Date
    koha_id: number | null
    booked_at: Date | null
  }>('select * from koha_debit where refund_id = $1 order by id', [refundId])
  return rows.map((row) => ({
    id: row.id,
    lineId: row.line_id,
    reference: row.reference,
    amount: ore(row.amount),
    state: row.state,
    sentAt: row.sent_at,
    kohaId: row.koha_id,
    bookedAt: row.booked_at,
  }))
}

/** Committed before the request leaves; a second row for a reference that may be in Koha is refused by its key. */
export async function insertSendingDebit(
  own: Own,
  refundId: number,
  debit: PlannedDebit,
  at: Date,
): Promise<number> {
  const [row] = await own.query<{ id: number }>(
    `insert into koha_debit (refund_id, line_id, reference, amount, debit_type, library_id, state, sent_at)
     values ($1, $2, $3, $4, $5, $6, 'sending', $7) returning id`,
    [refundId, debit.lineId, debit.reference, debit.amount, debit.type, debit.libraryId, at],
  )
  if (!row) throw new Error('The debit was not stored')
  return row.id
}
