import type { Sql, Tx } from '../database/database.ts'
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

/** Makes a payment due to be asked about, with the urgency of news. */
export async function makeLookDue(tx: Tx, id: number, at: Date): Promise<void> {
  await tx.query(`update payment set look_at = $2, look_for = 'news' where id = $1`, [id, at])
}

/** Says when a paid payment is looked at next (null: never), unless a webhook has asked for it since `planned` was set. */
export async function planLateLook(tx: Tx, id: number, planned: Date, next: Date | null): Promise<void> {
  await tx.query('update payment set look_at = $3 where id = $1 and look_at = $2', [id, planned, next])
}

/** Has a write-back tried again now. */
export async function resumeWriteBack(tx: Tx, paymentId: number, at: Date): Promise<void> {
  await tx.query(
    `update write_back set state = 'waiting', next_try_at = $2 where payment_id = $1 and state = 'parked'`,
    [paymentId, at],
  )
}

/** A person has seen to it in Koha. */
export async function recordByHand(tx: Tx, paymentId: number, at: Date): Promise<void> {
  await tx.query(
    `update write_back set state = 'by-hand', done_at = $2, next_try_at = null where payment_id = $1`,
    [paymentId, at],
  )
}
