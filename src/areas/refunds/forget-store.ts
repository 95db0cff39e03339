import type { Tx } from '../../database/database.ts'

/** Returns those of some payments of which a refund is on its way, waits for a person, or is not in Koha yet. */
export async function paymentsWithUnfinishedRefunds(tx: Tx, payments: readonly number[]): Promise<number[]> {
  const rows = await tx.query<{ payment_id: number }>(
    `select distinct payment_id from refund where payment_id = any($1)
       and (state in ('proposed', 'approved', 'sending', 'pending') or parked is not null or koha = 'waiting')`,
    [payments],
  )
  return rows.map(({ payment_id }) => payment_id)
}
