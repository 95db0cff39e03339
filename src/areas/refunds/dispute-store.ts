import { nothing, type Ore, ore } from '../../base/money.ts'
import type { Sql, Tx } from '../../database/database.ts'

/** What a payment's disputes come to: money that payers' banks hold, öre. */
export async function disputedOf(sql: Sql, paymentId: number): Promise<Ore> {
  const [row] = await sql.query<{ amount: number }>(
    'select coalesce(sum(amount), 0)::bigint as amount from dispute where payment_id = $1',
    [paymentId],
  )
  return ore(row?.amount ?? nothing)
}

/** How often what the banks hold has changed, and each change. */
export async function disputesOf(
  sql: Sql,
  paymentId: number,
): Promise<{ reference: string; amount: Ore; at: Date }[]> {
  return sql.query('select reference, amount, at from dispute where payment_id = $1 order by id', [paymentId])
}

export async function insertDispute(
  tx: Tx,
  paymentId: number,
  dispute: { reference: string; amount: Ore; at: Date },
): Promise<void> {
  await tx.query('insert into dispute (payment_id, reference, amount, at) values ($1, $2, $3, $4)', [
    paymentId,
    dispute.reference,
    dispute.amount,
    dispute.at,
  ])
}
