import type { Area } from '../../area.ts'

/** Money that goes back to who paid it. */
export const refunds: Area = {
  name: 'refunds',
  acts: {
    'refund-asked': { sv: 'Begärde en återbetalning', en: 'Asked for a refund' },
    'refund-approved': { sv: 'Godkände en återbetalning', en: 'Approved a refund' },
    'refund-refused': { sv: 'Avslog en återbetalning', en: 'Declined a refund' },
  },
}
