import { type RequestHandler, Router } from 'express'
import { requireRole } from '../../../web/middleware/require.ts'
import type { Context } from '../../../work/context.ts'
import { batchPage } from './batch.ts'
import { batchFile } from './batch-file.ts'
import { batchesPage } from './batches.ts'
import { makeBatchRoute, nextBatchPage } from './next-batch.ts'

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
  for (const old of ['/economy/journals', '/economy/journals/*rest']) router.get(old, redirectToBatches)
  return router
}

/** Sends what was bookmarked while batches were called journals to the address that it has now. */
const redirectToBatches: RequestHandler = (req, res) => {
  const below = req.path.slice('/economy/journals'.length)
  const query = req.originalUrl.includes('?') ? req.originalUrl.slice(req.originalUrl.indexOf('?')) : ''
  res.redirect(301, `/economy/batches${below}${query}`)
}
