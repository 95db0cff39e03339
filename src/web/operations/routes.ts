import { Router } from 'express'
import type { Context } from '../../context.ts'
import type { Metrics } from '../../metrics.ts'
import { requireRole } from '../middleware/require.ts'
import { statePage } from './state-page.ts'

/** The pages of those who keep Kvitt running, under /operations. They read, and see no patron. */
export function operationsRouter(context: Context & { metrics: Metrics }): Router {
  const router = Router()
  router.use('/operations', requireRole('operator', 'auditor'))
  router.get('/operations', statePage(context))
  return router
}
