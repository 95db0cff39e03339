import { Router } from 'express'
import type { Metrics } from '../../../base/metrics.ts'
import { requireRole } from '../../../web/middleware/require.ts'
import type { Context } from '../../../work/context.ts'
import { endEverybodys, endSomebodys, findSessions, sessionsPage } from './sessions.ts'
import { statePage } from './state-page.ts'

/** The pages of those who keep Kvitt running, under /operations. They see no patron; what they can change is who is signed in. */
export function operationsRouter(context: Context & { metrics: Metrics }): Router {
  const router = Router()
  router.use('/operations', requireRole('operator', 'auditor'))
  router.get('/operations', statePage(context))
  router.get('/operations/sessions', sessionsPage(context))
  router.post('/operations/sessions/find', findSessions(context))
  router.post('/operations/sessions/end', endSomebodys(context))
  router.post('/operations/sessions/end-all', endEverybodys(context))
  return router
}
