import type { Area } from '../../area.ts'
import { refundCases } from './cases.ts'
import { doDueRefunds } from './do-due-refunds.ts'
import { paymentsWithUnfinishedRefunds } from './forget-store.ts'

/** Money that goes back to who paid it. */
export const refunds: Area = {
  name: 'refunds',
  cases: refundCases,
  workers: { refunds: doDueRefunds },
  forgetting: { unfinished: paymentsWithUnfinishedRefunds },
  acts: {
    'refund-asked': { sv: 'Begärde en återbetalning', en: 'Asked for a refund' },
    'refund-approved': { sv: 'Godkände en återbetalning', en: 'Approved a refund' },
    'refund-refused': { sv: 'Avslog en återbetalning', en: 'Declined a refund' },
  },
}
