import type { Area } from '../../area.ts'
import { applyWebhooks } from './apply-webhooks.ts'
import { unpaidCases } from './cases.ts'
import { anonymisePayments, removeTitles, unfinishedPayments } from './forget-store.ts'
import { settleDuePayments } from './settle-due-payments.ts'

/** Attempts to pay some debts, from the first click until Koha has to know of it. */
export const payments: Area = {
  name: 'payments',
  neighbours: ({ context: { providers } }) =>
    providers.all.map((provider) => ({
      metric: provider.name,
      title: provider.title,
      tryOut: () => provider.tryOut(),
    })),
  workers: { webhooks: applyWebhooks, payments: settleDuePayments },
  forgetting: { unfinished: unfinishedPayments, removeTitles, anonymise: anonymisePayments },
  cases: unpaidCases,
}
