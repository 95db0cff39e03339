import type { Sql, Tx } from '../../database/database.ts'
import type { NewEvent, PaymentEvent } from './payment-event.ts'

/** Records what happened to a payment. The facts hold no personal data. */
export async function recordEvent(tx: Tx, paymentId: number, event: NewEvent): Promise<void> {
  await tx.query('insert into payment_event (payment_id, at, what, by, facts) values ($1, $2, $3, $4, $5)', [
    paymentId,
    event.at,
    event.what,
    event.by,
    JSON.stringify(event.facts),
  ])
}

/** Returns what happened to a payment, in order. */
export async function eventsOf(sql: Sql, paymentId: number): Promise<PaymentEvent[]> {
  return sql.query<PaymentEvent>(
    'select at, what, by, facts, detail from payment_event where payment_id = $1 order by id',
    [paymentId],
  )
}
