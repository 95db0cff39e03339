import type { Uses } from '../../work/context.ts'
import { eachDue } from '../../work/each-due.ts'
import { countLooks } from './count-looks.ts'
import { claimDueLooks } from './look-store.ts'
import { settlePayment } from './settle-payment.ts'

/** Whoever claims payments and dies leaves them due again after so long: longer than a few calls to a provider may take. */
const LEASE_SECONDS = 90
const AT_ONCE = 16

/**
 * Asks the providers about payments that are due and not paid yet: because a webhook came, or by plan. Returns how many
 * were due.
 */
export async function settleDuePayments(
  uses: Uses<'db' | 'providers' | 'jobs' | 'clock' | 'config' | 'log'>,
): Promise<number> {
  const { db, clock } = uses
  const due = await claimDueLooks(db, { paid: false }, clock.now(), LEASE_SECONDS, AT_ONCE)
  const opened = due.filter(({ payment }) => payment.checkoutId !== null)
  const allowed = await countLooks(uses, opened)
  const unopened = due.filter(({ payment }) => payment.checkoutId === null)
  await eachDue(
    uses,
    [...allowed, ...unopened],
    ({ payment }) => ({ payment: payment.reference }),
    ({ payment }) => settlePayment(uses, payment, 'counted'),
  )
  return due.length
}
