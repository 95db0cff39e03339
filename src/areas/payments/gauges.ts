import type { GaugeGroup } from '../../area.ts'
import { countByState, readPaymentBacklog } from './gauge-store.ts'

const goesOn = () => true

/** What shows whether payments are settled and registered. */
export const paymentGauges: readonly GaugeGroup[] = [
  {
    gauges: {
      payments_open: {
        help: 'Payments that the provider is still asked about',
        tile: { words: { sv: 'Betalningar som pågår', en: 'Payments under way' }, goesOn },
      },
      payments_not_registered: {
        help: 'Paid and not yet registered in Koha',
        tile: {
          words: { sv: 'Betalda, inte i Koha', en: 'Paid, not in Koha' },
          oldest: 'payments_not_registered_oldest_seconds',
          goesOn,
        },
      },
      payments_not_registered_oldest_seconds: { help: 'Age of the oldest paid payment that is not in Koha' },
      webhooks_waiting: {
        help: 'Webhooks stored and not yet acted on',
        tile: {
          words: { sv: 'Webhookar som väntar', en: 'Webhooks waiting' },
          oldest: 'webhooks_waiting_oldest_seconds',
          goesOn,
        },
      },
      webhooks_waiting_oldest_seconds: { help: 'Age of the oldest webhook not yet acted on' },
    },
    read: readPaymentBacklog,
  },
  {
    gauges: { payments: { help: 'Payments by state', label: 'state' } },
    read: async (db) => ({ payments: await countByState(db) }),
  },
]
