import type { RequestHandler } from 'express'
import { actorOf } from '../../../web/middleware/actor.ts'
import { problem } from '../../../web/problem.ts'
import type { Context } from '../../../work/context.ts'
import { downloadBatch } from '../download-batch.ts'
import { batchNumber } from './batch-number.ts'

/** GET /economy/batches/:number/files/:format: the file as it was made. Who fetches it is remembered. */
export function batchFile(context: Context): RequestHandler {
  return async (req, res, next) => {
    const number = batchNumber(req.params.number)
    if (number === undefined) return next(problem('not-found'))
    const file = await downloadBatch(context, {
      number,
      format: String(req.params.format),
      actor: actorOf(req, 'economy', 'approver', 'auditor'),
    })
    if (!file) return next(problem('not-found'))
    res.attachment(file.name)
    res.type(file.contentType).send(file.content)
  }
}
