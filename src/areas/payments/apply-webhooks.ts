import type { Uses } from '../../work/context.ts'
import { applyWaitingWebhooks } from './webhook-store.ts'

const AT_ONCE = 2000

/** Makes the payments due that webhooks have come for. Returns how many webhooks it is done with. */
export async function applyWebhooks({
  db,
  providers,
  clock,
  jobs,
  log,
}: Uses<'db' | 'providers' | 'clock' | 'jobs' | 'log'>): Promise<number> {
  const events = providers.all.flatMap(({ moneyBackEvents }) => moneyBackEvents)
  const { known, strange } = await applyWaitingWebhooks(db, clock.now(), AT_ONCE, events)
  if (known > 0) {
    jobs.wake('payments')
    jobs.wake('refunds')
  }
  if (strange > 0)
    log.warn(
      { event: 'webhook.unknown-checkout', webhooks: strange },
      'webhooks of checkouts that are not ours',
    )
  return known + strange
}
