import type { Area } from '../../area.ts'
import { paymentsWithOpenCases } from './store.ts'

/** Work that a person must look at, whichever area it comes from. */
export const cases: Area = {
  name: 'cases',
  forgetting: { unfinished: paymentsWithOpenCases },
  acts: {
    'case-resolved': { sv: 'Avgjorde ett ärende', en: 'Resolved a case' },
    // As it was called before.
    'parked-resolved': { sv: 'Avgjorde något parkerat', en: 'Resolved something parked' },
  },
}
