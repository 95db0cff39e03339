import { writeCredits } from '../areas/koha-account/write-credits.ts'
import { writeDebits } from '../areas/koha-account/write-debits.ts'
import { claimDueLooks } from '../areas/payments/look-store.ts'
import { takeInWebhooks } from '../areas/payments/webhook-store.ts'
import { claimDueWriteBacks } from '../areas/payments/write-back-store.ts'
import { deliverDueNotices } from '../areas/receipts/deliver-notices.ts'
import { claimDueDebits, claimDueRefunds } from '../areas/refunds/move-store.ts'
import { sendRefund } from '../areas/refunds/send-refund.ts'
import { settleCheckout } from '../areas/refunds/settle-checkout.ts'
import { addToTrail, withTrail } from '../base/log.ts'
import type { Context, Uses } from '../work/context.ts'
import type { DueWork } from '../work/workers.ts'

/** Whoever claims work and dies leaves it due again after so long: longer than a few calls to a provider may take. */
const LEASE_SECONDS = 90
const AT_ONCE = 8

/** Returns all work that goes on by itself, by the names that it is woken by. */
export function workOf(context: Context): Record<string, DueWork> {
  return {
    webhooks: () => doDueWebhooks(context),
    payments: () => doDuePayments(context),
    'write-backs': () => doDueWriteBacks(context),
    notices: () => deliverDueNotices(context),
  }
}

/** Webhooks that have been filed make their payments due. Answers how many it is done with. */
export async function doDueWebhooks({
  db,
  providers,
  clock,
  jobs,
  log,
}: Uses<'db' | 'providers' | 'clock' | 'jobs' | 'log'>): Promise<number> {
  const events = providers.all.flatMap(({ moneyBackEvents }) => moneyBackEvents)
  const { known, strange } = await db.transaction((tx) => takeInWebhooks(tx, clock.now(), 2000, events))
  if (known > 0) jobs.wake('payments')
  if (strange > 0) log.warn({ webhooks: strange }, 'webhooks of checkouts that are not ours')
  return known + strange
}

/** What is due at the providers: payments to be asked about, and refunds to be made. */
export async function doDuePayments(context: Context): Promise<number> {
  const { db, clock } = context
  const looks = await claimDueLooks(db, clock.now(), LEASE_SECONDS, AT_ONCE)
  await each(context, looks, ({ reference, asker }) => settleCheckout(context, reference, asker))
  const refunds = await claimDueRefunds(db, clock.now(), LEASE_SECONDS, AT_ONCE)
  await each(context, refunds, ({ reference }) => sendRefund(context, reference))
  return looks.length + refunds.length
}

/** What is due in Koha: paid payments to be credited, and refunded debts to be owed again. */
export async function doDueWriteBacks(context: Context): Promise<number> {
  const { db, clock } = context
  const credits = await claimDueWriteBacks(db, clock.now(), kohaLease(context), AT_ONCE)
  await each(context, credits, ({ reference }) => writeCredits(context, reference))
  const debits = await claimDueDebits(db, clock.now(), kohaLease(context), AT_ONCE)
  await each(context, debits, ({ reference }) => writeDebits(context, reference))
  return credits.length + debits.length
}

/** Longer than one credit may take: reading before and after, looking for our reference, and the credit itself. */
function kohaLease({ config }: Uses<'config'>): number {
  return 5 * config.koha.readSeconds + config.koha.writeSeconds + 10
}

/** One that fails keeps its place in its row and does not keep the others from their turn. */
async function each<Due extends { reference: string }>(
  { log }: Uses<'log'>,
  due: Due[],
  work: (one: Due) => Promise<unknown>,
): Promise<void> {
  await Promise.all(
    due.map((one) =>
      withTrail({}, async () => {
        addToTrail({ payment: one.reference })
        try {
          await work(one)
        } catch (error) {
          log.error({ err: error }, 'payment work failed; it is tried again')
        }
      }),
    ),
  )
}
