import type { Area } from '../../area.ts'
import { economyRouter } from './pages/routes.ts'
import { economy } from './pages/texts/economy.ts'

/** The economy office: payments, refunds, what waits for a person, and the day as a whole. */
export const economyOffice: Area = {
  name: 'economy-office',
  pages: [
    {
      places: [
        {
          at: '/economy',
          visitors: ['economy', 'approver', 'auditor'],
          tab: { sv: 'Ekonomi', en: 'Economy' },
          proofForChanges: true,
        },
      ],
      texts: { economy },
      router: ({ context, areas }) => economyRouter(context, areas),
    },
  ],
}
