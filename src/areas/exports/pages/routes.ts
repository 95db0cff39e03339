import { Router } from 'express'
import { requireRole } from '../../../web/middleware/require.ts'
import type { Context } from '../../../work/context.ts'
import { batchPage } from './batch.ts'
import { batchFile } from './batch-file.ts'
import { batchesPage } from './batches.ts'
import { makeBatchRoute, nextBatchPage } from './next-batch.ts'

/** The economy office's batches, under /economy/journals. The auditor reads all of it and makes nothing. */
export function exportsRouter(context: Context): Router {
  const router = Router()
  router.use('/economy/journals', requireRole('economy', 'approver', 'auditor'))
  router.get('/economy/journals', batchesPage(context))
  router.get('/economy/journals/next', nextBatchPage(context))
  router.post('/economy/journals', requireRole('economy', 'approver'), makeBatchRoute(context))
  router.get('/economy/journals/:number', batchPage(context))
  router.get('/economy/journals/:number/files/:format', batchFile(context))
  return router
}
