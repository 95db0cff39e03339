import type { Sql, Tx } from '../../database/database.ts'

export interface PaymentEvent {
  at: Date
  what: string
  by: string
  detail: string | null
}

/** Adds to a payment's history. `by` is a part of Kvitt or a person; `detail` holds no personal data. */
export async function recordEvent(tx: Tx, paymentId: number, event: PaymentEvent): Promise<void> {
  await tx.query('insert into payment_event (payment_id, at, what, by, detail) values ($1, $2, $3, $4, $5)', [
    paymentId,
    event.at,
    event.what,
    event.by,
    event.detail,
  ])
}

export async function eventsOf(sql: Sql, paymentId: number): Promise<PaymentEvent[]> {
  return sql.query<PaymentEvent>(
    'select at, what, by, detail from payment_event where payment_id = $1 order by id',
    [paymentId],
  )
}
