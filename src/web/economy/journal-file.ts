import type { RequestHandler } from 'express'
import type { Context } from '../../context.ts'
import { downloadBatch } from '../../ledger/download-batch.ts'
import { actorOf } from '../middleware/actor.ts'
import { problem } from '../problem.ts'
import { journalNumber } from './journal-number.ts'

/** GET /economy/journals/:number/files/:format: the file as it was made. Who fetches it is remembered. */
export function journalFile(context: Context): RequestHandler {
  return async (req, res, next) => {
    const number = journalNumber(req.params.number)
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
