import { Router } from 'express'
import { requireRole } from '../../../web/middleware/require.ts'
import type { Context } from '../../../work/context.ts'
import { journalPage } from '../../exports/pages/batch.ts'
import { journalFile } from '../../exports/pages/batch-file.ts'
import { journalsPage } from '../../exports/pages/batches.ts'
import { makeJournal, nextJournalPage } from '../../exports/pages/next-batch.ts'
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
  router.get('/economy/journals', journalsPage(context))
  router.get('/economy/journals/next', nextJournalPage(context))
  router.post('/economy/journals', mayAct, makeJournal(context))
  router.get('/economy/journals/:number', journalPage(context))
  router.get('/economy/journals/:number/files/:format', journalFile(context))
  return router
}
