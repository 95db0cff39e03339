import type { Voucher } from '../../outside/ports/economy.ts'
import type { Uses } from '../../work/context.ts'
import { type AccountSum, accountSums, type ControlTotals, totalsOf, vouchersOf } from './batch.ts'
import { namesIn } from './batch-names.ts'
import { nextNumber, postingsToExport } from './batch-store.ts'

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
  const postings = await postingsToExport(db, until)
  const totals = totalsOf(postings)
  if (!totals) return undefined
  const names = namesIn(config.economy)
  return {
    until,
    number: await nextNumber(db),
    totals,
    accounts: accountSums(postings, names),
    vouchers: vouchersOf(postings, names),
  }
}
