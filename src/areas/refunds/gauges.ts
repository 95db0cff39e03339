import type { GaugeGroup } from '../../area.ts'
import { readRefundBacklog } from './gauge-store.ts'

/** What shows whether refunds are approved and sent. */
export const refundGauges: readonly GaugeGroup[] = [
  {
    gauges: {
      refunds_proposed: {
        help: 'Refunds that a second person is to approve',
        tile: {
          words: { sv: 'Återbetalningar att godkänna', en: 'Refunds to approve' },
          goesOn: () => false,
        },
      },
      refunds_under_way: {
        help: 'Refunds that the provider or Koha has not got yet',
        tile: { words: { sv: 'Återbetalningar på väg', en: 'Refunds under way' }, goesOn: () => true },
      },
    },
    read: readRefundBacklog,
  },
]
