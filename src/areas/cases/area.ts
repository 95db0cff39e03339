import type { Area } from '../../area.ts'
import { caseKindsOf } from './case-kinds.ts'
import { sendCaseDigest } from './send-case-digest.ts'
import { paymentsWithOpenCases } from './store.ts'

/** Work that a person must look at, whichever area it comes from. */
export const cases: Area = {
  name: 'cases',
  tasks: [
    {
      name: 'send-case-digest',
      cron: ({ cases }) => (Object.keys(cases.notify).length === 0 ? undefined : '35 7 * * *'),
      run: (context, areas) => sendCaseDigest(context, caseKindsOf(areas)),
    },
  ],
  forgetting: { unfinished: paymentsWithOpenCases },
  acts: {
    'case-resolved': { sv: 'Avgjorde ett ärende', en: 'Resolved a case' },
    // As it was called before.
    'parked-resolved': { sv: 'Avgjorde något parkerat', en: 'Resolved something parked' },
  },
}
