import type { GaugeGroup } from '../../area.ts'
import { unexported } from './batch-store.ts'

/** What shows whether the journal is handed over. */
export const exportGauges: readonly GaugeGroup[] = [
  {
    gauges: {
      postings_not_exported: {
        help: 'Journal postings in no batch yet',
        tile: {
          words: { sv: 'Bokningar att exportera', en: 'Postings to export' },
          goesOn: ({ economy }) => economy.exportHour !== undefined,
        },
      },
    },
    read: async (db) => ({ postings_not_exported: (await unexported(db)).postings }),
  },
]
