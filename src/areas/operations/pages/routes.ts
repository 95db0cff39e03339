import { Router } from 'express'
import { requireRole } from '../../../web/middleware/require.ts'
import { endEverybodys, endSomebodys, findSessions, sessionsPage } from './sessions.ts'
import { type StateTools, statePage } from './state-page.ts'

/**
 * Returns the pages of those who keep Kvitt running, under /operations. They see no patron; what they can change is
 * who is signed in.
 */
export function operationsRouter(tools: StateTools): Router {
  const { context } = tools
  const router = Router()
  router.use('/operations', requireRole('operator', 'auditor'))
  router.get('/operations', statePage(tools))
  router.get('/operations/sessions', sessionsPage(context))
  router.post('/operations/sessions/find', findSessions(context))
  router.post('/operations/sessions/end', endSomebodys(context))
  router.post('/operations/sessions/end-all', endEverybodys(context))
  return router
}
