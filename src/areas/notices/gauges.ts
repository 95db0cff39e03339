import type { GaugeGroup } from '../../area.ts'
import { countWaitingNotices } from './gauge-store.ts'

/** What shows whether mail is sent. */
export const noticeGauges: readonly GaugeGroup[] = [
  {
    gauges: {
      notices_waiting: {
        help: 'Mails that wait to be sent',
        tile: { words: { sv: 'Brev som väntar', en: 'Letters waiting' }, goesOn: () => true },
      },
    },
    read: async (db) => ({ notices_waiting: await countWaitingNotices(db) }),
  },
]
