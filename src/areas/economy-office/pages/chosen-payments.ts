import type { Context } from '../../../work/context.ts'
import { batchesOfCauses, causesToExport } from '../../exports/batch-store.ts'
import type { ListedPayment, PaymentFilter } from '../../payments/list-store.ts'
import type { ReadFilter } from './payment-filter.ts'

/** The filter as the payments area understands it: what is not exported is known by the ledger. */
export async function chosenPayments(
  { db }: Pick<Context, 'db'>,
  { filter, state }: ReadFilter,
): Promise<PaymentFilter> {
  return state === 'unexported' ? { ...filter, among: await causesToExport(db) } : filter
}

/** In which batches each payment's postings are: numbers in order, null for what is not exported. */
export async function batchesOf(
  { db }: Pick<Context, 'db'>,
  payments: Pick<ListedPayment, 'reference'>[],
): Promise<Map<string, (number | null)[]>> {
  const rows = await batchesOfCauses(
    db,
    payments.map(({ reference }) => reference),
  )
  const batches = new Map<string, (number | null)[]>()
  for (const [reference, group] of Map.groupBy(rows, ({ cause }) => cause)) {
    batches.set(reference, [...new Set(group.map(({ batch }) => batch))])
  }
  return batches
}
