import type { Tx } from '../../database/database.ts'

/** Returns those of some payments of which a mail waits to be sent. */
export async function paymentsWithWaitingNotices(tx: Tx, payments: readonly number[]): Promise<number[]> {
  const rows = await tx.query<{ payment_id: number }>(
    `select distinct payment_id from notice where payment_id = any($1) and state = 'waiting'`,
    [payments],
  )
  return rows.map(({ payment_id }) => payment_id)
}

/** Removes the addresses that mails about some payments went to. */
export async function removeAddresses(tx: Tx, payments: readonly number[]): Promise<void> {
  await tx.query(`update notice set address = '' where payment_id = any($1)`, [payments])
}
