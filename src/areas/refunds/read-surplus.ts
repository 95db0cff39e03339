import type { Ore } from '../../base/money.ts'
import type { Sql } from '../../database/database.ts'
import { postingsOf } from '../ledger/store.ts'
import type { Payment } from '../payments/store.ts'

/** Returns what was taken for debts that had shrunk, line by line in öre, as it was set apart in the journal. */
export async function readSurplus(
  sql: Sql,
  { reference }: Pick<Payment, 'reference'>,
): Promise<{ lineId: number; amount: Ore }[]> {
  const postings = await postingsOf(sql, reference)
  return postings
    .filter(({ kind }) => kind === 'surplus')
    .map(({ part, amount }) => ({ lineId: part, amount }))
}
