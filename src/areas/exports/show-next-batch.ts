import type { Uses } from '../../work/context.ts'
import { type AccountSum, accountSums, type ControlTotals, totalsOf } from './batch.ts'
import { namesIn } from './batch-names.ts'
import { nextNumber, sumsToExport } from './batch-store.ts'
import { type Voucher, vouchersOf } from './voucher.ts'

/** A batch that is not made: what it would hold if it were made now, with everything booked by `until`. */
export interface NextBatch {
  until: Date
  /** What its number would be; given to it only when it is made. */
  number: number
  totals: ControlTotals
  accounts: AccountSum[]
  vouchers: Voucher[]
}

/** Writes nothing. Undefined when there is nothing to hand over. */
export async function showNextBatch(
  { db, clock, config }: Uses<'db' | 'clock' | 'config'>,
  until: Date = clock.now(),
): Promise<NextBatch | undefined> {
  const sums = await sumsToExport(db, until)
  const totals = totalsOf(sums)
  if (!totals) return undefined
  const names = namesIn(config.economy)
  return {
    until,
    number: await nextNumber(db),
    totals,
    accounts: accountSums(sums, names),
    vouchers: [...vouchersOf(sums, names).values()],
  }
}
