import type { Sql } from '../database/database.ts'
import { asPayment, type Payment } from './store.ts'

type PaymentRow = Parameters<typeof asPayment>[0]

/** Undefined when there is none. */
export async function paymentById(sql: Sql, id: number): Promise<Payment | undefined> {
  const [row] = await sql.query<PaymentRow>('select * from payment where id = $1', [id])
  return row && asPayment(row)
}
