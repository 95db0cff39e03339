import { Router } from 'express'
import { sharedRateLimit } from '../../../web/middleware/rate-limits.ts'
import type { Context } from '../../../work/context.ts'
import { checkPage } from './check.ts'
import { feesPage } from './fees.ts'
import { giveUpRoute, returnRoute } from './leave-checkout.ts'
import { createPageLooks } from './page-looks.ts'
import { paymentPage } from './payment.ts'
import { paymentsPage } from './payments.ts'
import { receiptFile } from './receipt-file.ts'
import { requirePatron } from './require-patron.ts'
import { sendReceiptRoute } from './send-receipt.ts'
import { startRoute } from './start.ts'
import { statusRoute } from './status.ts'

/** Returns the borrower's own pages: fees, checking, paying, receipts. All for a signed-in person with a patron. */
export function borrowerRouter(context: Context): Router {
  const looks = createPageLooks(context.clock)
  const router = Router()
  router.use(['/fees', '/payments'], requirePatron(context))
  router.get('/fees', feesPage(context))
  router.get('/fees/check', checkPage(context))
  router.get('/payments', paymentsPage(context))
  router.post('/payments', sharedRateLimit(context, 'payments'), startRoute(context))
  router.get('/payments/:reference', paymentPage(context, looks))
  router.get('/payments/:reference/status', statusRoute(context, looks))
  router.get('/payments/:reference/return', returnRoute(context, looks))
  router.get('/payments/:reference/given-up', giveUpRoute(context))
  router.post('/payments/:reference/cancel', giveUpRoute(context))
  router.get('/payments/:reference/receipt.pdf', receiptFile(context))
  router.post('/payments/:reference/receipt', sendReceiptRoute(context))
  return router
}
