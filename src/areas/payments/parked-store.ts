import type { Sql, Tx } from '../../database/database.ts'
import type { ParkReason } from './payment.ts'
import { asPayment, type Payment } from './store.ts'

type PaymentRow = Parameters<typeof asPayment>[0]

/** A payment that a person must look at. */
export interface ParkedPayment extends Payment {
  parked: ParkReason
  parkedAt: Date
}

/** Oldest first. */
export async function parkedPayments(sql: Sql, limit: number): Promise<ParkedPayment[]> {
  const rows = await sql.query<PaymentRow & { parked: ParkReason; parked_at: Date }>(
    'select * from payment where parked is not null order by parked_at, id limit $1',
    [limit],
  )
  return rows.map((row) => ({ ...asPayment(row), parked: row.parked, parkedAt: row.parked_at }))
}

/** Puts a payment before a person; when it is there already, this is told beside the first reason. */
export async function parkAlso(
  tx: Tx,
  id: number,
  reason: ParkReason,
  detail: string,
  at: Date,
): Promise<void> {
  await tx.query(
    `update payment set parked = coalesce(parked, $2::text), parked_at = coalesce(parked_at, $4),
            parked_detail = case when parked is null then $3::text else concat_ws('; ', parked_detail, $3) end where id = $1`,
    [id, reason, detail, at],
  )
}

/** Takes a payment off the list. */
export async function unpark(tx: Tx, id: number): Promise<void> {
  await tx.query('update payment set parked = null, parked_detail = null, parked_at = null where id = $1', [
    id,
  ])
}

/** Puts a payment before a person. The first reason stands until a person resolves it. */
export async function park(tx: Tx, id: number, reason: ParkReason, detail: string, at: Date): Promise<void> {
  await tx.query(
    `update payment set parked = $2, parked_detail = $3, parked_at = $4,
            look_at = case when state = 'paid' then look_at end where id = $1 and parked is null`,
    [id, reason, detail, at],
  )
}
