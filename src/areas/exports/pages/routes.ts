import { Router } from 'express'
import { requireRole } from '../../../web/middleware/require.ts'
import type { Context } from '../../../work/context.ts'
import { batchPage } from './batch.ts'
import { batchFile } from './batch-file.ts'
import { batchesPage } from './batches.ts'
import { makeBatchRoute, nextBatchPage } from './next-batch.ts'

/** Where batches were when pages called them journals: bookmarks and printed pages still say so. */
const OLD = '/economy/journals'

/**
 * Returns the pages of the economy office's batches, under /economy/batches. The auditor reads all of it and makes
 * nothing.
 */
export function exportsRouter(context: Context): Router {
  const router = Router()
  router.use('/economy/batches', requireRole('economy', 'approver', 'auditor'))
  router.get('/economy/batches', batchesPage(context))
  router.get('/economy/batches/next', nextBatchPage(context))
  router.post('/economy/batches', requireRole('economy', 'approver'), makeBatchRoute(context))
  router.get('/economy/batches/:number', batchPage(context))
  router.get('/economy/batches/:number/files/:format', batchFile(context))
  router.get(`${OLD}{/*rest}`, requireRole('economy', 'approver', 'auditor'), (req, res) => {
    res.redirect(301, `/economy/batches${req.originalUrl.slice(OLD.length)}`)
  })
  return router
}
