import type { Context, Uses } from '../context.ts'
import { addToTrail, withTrail } from '../log.ts'
import { settlePayment } from './settle-payment.ts'
import { claimDueLooks } from './store.ts'
import { takeInWebhooks } from './webhook-store.ts'
import { writeBack } from './write-back.ts'
import { claimDueWriteBacks } from './write-back-store.ts'

/** Whoever claims work and dies leaves it due again after so long. Longer than any of our requests may take. */
const LEASE_SECONDS = 180
const AT_ONCE = 8

/** Webhooks that have been filed make their payments due. Answers how many it is done with. */
export async function doDueWebhooks({
  db,
  clock,
  jobs,
  log,
}: Uses<'db' | 'clock' | 'jobs' | 'log'>): Promise<number> {
  const { known, strange } = await db.transaction((tx) => takeInWebhooks(tx, clock.now(), 500))
  if (known > 0) jobs.wake('payments')
  if (strange > 0) log.warn({ webhooks: strange }, 'webhooks of checkouts that are not ours')
  return known + strange
}

/** Asks the provider about payments whose look is due. */
export async function doDuePayments(context: Context): Promise<number> {
  const due = await claimDueLooks(context.db, context.clock.now(), LEASE_SECONDS, AT_ONCE)
  await each(
    context,
    due,
    ({ reference }) => reference,
    ({ reference, asker }) => settlePayment(context, reference, asker),
  )
  return due.length
}

/** Registers paid payments in Koha. */
export async function doDueWriteBacks(context: Context): Promise<number> {
  const due = await claimDueWriteBacks(context.db, context.clock.now(), LEASE_SECONDS, AT_ONCE)
  await each(
    context,
    due,
    (reference) => reference,
    (reference) => writeBack(context, reference),
  )
  return due.length
}

/** One that fails keeps its place in its row and does not keep the others from their turn. */
async function each<T>(
  { log }: Uses<'log'>,
  due: T[],
  nameOf: (one: T) => string,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  await Promise.all(
    due.map((one) =>
      withTrail({}, async () => {
        addToTrail({ payment: nameOf(one) })
        try {
          await work(one)
        } catch (error) {
          log.error({ err: error }, 'payment work failed; it is tried again')
        }
      }),
    ),
  )
}
