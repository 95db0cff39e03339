import type { Uses } from '../../work/context.ts'
import { eachDue } from '../../work/each-due.ts'
import { countLooks } from '../payments/count-looks.ts'
import { claimDueLooks } from '../payments/look-store.ts'
import { claimDueRefunds } from './move-store.ts'
import { sendRefund } from './send-refund.ts'
import { settleRefunds } from './settle-refunds.ts'

/** Whoever claims refunds and dies leaves them due again after so long: longer than a few calls to a provider may take. */
const LEASE_SECONDS = 90
const AT_ONCE = 8

/**
 * Does what is due at the providers for payments that are paid: asks what was refunded or disputed, and sends approved
 * refunds. Returns how many were due.
 */
export async function doDueRefunds(
  uses: Uses<'db' | 'providers' | 'jobs' | 'clock' | 'config' | 'log'>,
): Promise<number> {
  const { db, clock } = uses
  const looks = await claimDueLooks(db, { paid: true }, clock.now(), LEASE_SECONDS, AT_ONCE)
  const allowed = await countLooks(
    uses,
    looks.filter(({ payment }) => payment.checkoutId !== null),
  )
  await eachDue(
    uses,
    allowed,
    ({ payment }) => ({ payment: payment.reference }),
    ({ payment, plannedNext }) => settleRefunds(uses, payment, { plannedNext }),
  )
  const refunds = await claimDueRefunds(db, clock.now(), LEASE_SECONDS, AT_ONCE)
  await eachDue(
    uses,
    refunds,
    ({ payment }) => ({ payment: payment.reference }),
    (refund) => sendRefund(uses, refund),
  )
  return looks.length + refunds.length
}
