import type { Uses } from '../../work/context.ts'
import { eachDue } from '../../work/each-due.ts'
import { claimDueWriteBacks } from '../payments/write-back-store.ts'
import { claimDueDebits } from '../refunds/move-store.ts'
import { writeCredits } from './write-credits.ts'
import { writeDebits } from './write-debits.ts'

const AT_ONCE = 8

/**
 * Does what is due in Koha: paid payments are credited, and refunded debts are owed again. Returns how many were due.
 */
export async function doDueWriteBacks(
  uses: Uses<'db' | 'koha' | 'jobs' | 'clock' | 'config' | 'log'>,
): Promise<number> {
  const { db, clock } = uses
  const credits = await claimDueWriteBacks(db, clock.now(), kohaLease(uses), AT_ONCE)
  await eachDue(
    uses,
    credits,
    ({ reference }) => ({ payment: reference }),
    (payment) => writeCredits(uses, payment),
  )
  const debits = await claimDueDebits(db, clock.now(), kohaLease(uses), AT_ONCE)
  await eachDue(
    uses,
    debits,
    ({ reference }) => ({ payment: reference }),
    ({ reference }) => writeDebits(uses, reference),
  )
  return credits.length + debits.length
}

/** Longer than one credit may take: reading before and after, looking for our reference, and the credit itself. */
function kohaLease({ config }: Uses<'config'>): number {
  return 5 * config.koha.readSeconds + config.koha.writeSeconds + 10
}
