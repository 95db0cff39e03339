import { Router } from 'express'
import { requireRole } from '../../../web/middleware/require.ts'
import type { Context } from '../../../work/context.ts'
import { findPage, findRoute } from './find-page.ts'
import { patronPage } from './patron-page.ts'
import { receiptFile } from './receipt-file.ts'

/** Returns the pages of the desk, under /desk: read only. The auditor comes here from a payment and cannot search. */
export function deskRouter(context: Context): Router {
  const router = Router()
  router.use('/desk', requireRole('desk', 'auditor'))
  router.get('/desk', findPage())
  router.post('/desk/find', findRoute(context))
  router.get('/desk/patrons/:id', patronPage(context))
  router.get('/desk/payments/:reference/receipt.pdf', receiptFile(context))
  return router
}
