import { Router } from 'express'
import { requireRole } from '../../../web/middleware/require.ts'
import type { Context } from '../../../work/context.ts'
import { parkedPage } from './parked.ts'
import { paymentPage } from './payment.ts'
import { paymentsPage } from './payments.ts'
import { paymentsFile } from './payments-file.ts'
import { postApproval, postRefund, postWithdrawal } from './refund.ts'
import { postResolution } from './resolve.ts'
import { todayPage } from './today.ts'

/**
 * The economy office's pages, under /economy: fee types, libraries and sums. Whose a payment is and what was borrowed
 * is not shown here (OSL 40 kap. 3 §). The auditor reads all of it and makes nothing.
 */
export function economyRouter(context: Context): Router {
  const router = Router()
  router.use('/economy', requireRole('economy', 'approver', 'auditor'))
  router.get('/economy', todayPage(context))
  router.get('/economy/payments', paymentsPage(context))
  router.get('/economy/payments.csv', paymentsFile(context))
  router.get('/economy/payments/:reference', paymentPage(context))
  const mayAct = requireRole('economy', 'approver')
  router.post('/economy/payments/:reference/refunds', mayAct, postRefund(context))
  router.post('/economy/payments/:reference/resolve', mayAct, postResolution(context))
  router.post('/economy/refunds/:refund/approve', requireRole('approver'), postApproval(context))
  router.post('/economy/refunds/:refund/withdraw', mayAct, postWithdrawal(context))
  router.get('/economy/parked', parkedPage(context))
  return router
}
