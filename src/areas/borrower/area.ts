import type { Area } from '../../area.ts'
import { publicPages } from './pages/public.ts'
import { borrowerRouter } from './pages/routes.ts'

/** What borrowers see: what they owe, paying it, and what they have paid. */
export const borrower: Area = {
  name: 'borrower',
  pages: [
    {
      places: ['/', '/terms', '/privacy', '/accessibility'].map((at) => ({ at, visitors: 'everybody' })),
      router: ({ context }) => publicPages(context),
    },
    {
      places: [
        { at: '/fees', visitors: ['borrower'], tab: { sv: 'Dina avgifter', en: 'Your fees' } },
        { at: '/payments', visitors: ['borrower'], tab: { sv: 'Mina betalningar', en: 'My payments' } },
      ],
      router: ({ context }) => borrowerRouter(context),
    },
  ],
}
