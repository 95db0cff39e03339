import type { GaugeGroup } from '../../area.ts'
import { countOpenCases } from './store.ts'

/** What waits for a person. */
export const caseGauges: readonly GaugeGroup[] = [
  {
    gauges: {
      cases_open: {
        help: 'Cases that wait for a person, by kind',
        label: 'kind',
        tile: { words: { sv: 'Att utreda', en: 'To be looked into' } },
      },
    },
    read: async (db) => ({
      cases_open: Object.fromEntries((await countOpenCases(db)).map(({ kind, cases }) => [kind, cases])),
    }),
  },
]
