import { Router } from 'express'
import type { Area } from '../../../area.ts'
import { requireRole } from '../../../web/middleware/require.ts'
import type { Context } from '../../../work/context.ts'
import { caseKindsOf } from '../../cases/case-kinds.ts'
import { openCasesFor } from '../../cases/open-cases-for.ts'
import { paymentPage } from './payment.ts'
import { paymentsPage } from './payments.ts'
import { paymentsFile } from './payments-file.ts'
import { postApproval, postRefund, postWithdrawal } from './refund.ts'
import { postResolution } from './resolve.ts'
import { toDecidePage } from './to-decide.ts'
import { todayPage } from './today.ts'

/**
 * The economy office's pages, under /economy: fee types, libraries and sums. Whose a payment is and what was borrowed
 * is not shown here (OSL 40 kap. 3 §). The auditor reads all of it and makes nothing.
 */
export function economyRouter(context: Context, areas: readonly Area[]): Router {
  const kinds = caseKindsOf(areas)
  const router = Router()
  router.use('/economy', requireRole('economy', 'approver', 'auditor'))
  router.use('/economy', async (req, res, next) => {
    const waiting = await openCasesFor(context.db, kinds, req.user?.roles ?? [])
    res.locals.tabCounts = { '/economy/parked': waiting }
    next()
  })
  router.get('/economy', todayPage(context))
  router.get('/economy/payments', paymentsPage(context))
  router.get('/economy/payments.csv', paymentsFile(context))
  router.get('/economy/payments/:reference', paymentPage(context, kinds))
  const mayAct = requireRole('economy', 'approver')
  router.post('/economy/payments/:reference/refunds', mayAct, postRefund(context, kinds))
  router.post('/economy/payments/:reference/resolve', mayAct, postResolution(context, kinds))
  router.post('/economy/refunds/:refund/approve', requireRole('approver'), postApproval(context, kinds))
  router.post('/economy/refunds/:refund/withdraw', mayAct, postWithdrawal(context, kinds))
  router.get('/economy/parked', toDecidePage(context, kinds))
  return router
}
