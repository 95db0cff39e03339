import type { Area } from '../../area.ts'
import { publicPages } from './pages/public.ts'
import { borrowerRouter } from './pages/routes.ts'
import { check } from './pages/texts/check.ts'
import { fees } from './pages/texts/fees.ts'
import { payment } from './pages/texts/payment.ts'
import { payments } from './pages/texts/payments.ts'
import { receipt } from './pages/texts/receipt.ts'
import { welcome } from './pages/texts/welcome.ts'

/** What borrowers see: what they owe, paying it, and what they have paid. */
export const borrower: Area = {
  name: 'borrower',
  pages: [
    {
      places: ['/', '/terms', '/privacy', '/accessibility'].map((at) => ({ at, visitors: 'everybody' })),
      texts: { welcome },
      router: ({ context }) => publicPages(context),
    },
    {
      places: [
        { at: '/fees', visitors: ['borrower'], tab: { sv: 'Dina avgifter', en: 'Your fees' } },
        { at: '/payments', visitors: ['borrower'], tab: { sv: 'Mina betalningar', en: 'My payments' } },
      ],
      texts: { fees, check, payment, receipt, payments },
      router: ({ context }) => borrowerRouter(context),
    },
  ],
}
