import type { RequestHandler } from 'express'
import { problem } from '../../../web/problem.ts'
import { showPage } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { type AuditFilter, listAudit } from '../../audit/audit-store.ts'
import { accountSums } from '../batch.ts'
import { downloadsOf, filesOf } from '../batch-file-store.ts'
import { namesIn } from '../batch-names.ts'
import { readBatch, sumsOfBatch } from '../batch-store.ts'
import { batchNumber } from './batch-number.ts'

/** GET /economy/batches/:number: a batch with its control totals, its files and who has fetched them. */
export function batchPage({ db, config, economyFiles }: Context): RequestHandler {
  return async (req, res, next) => {
    const number = batchNumber(req.params.number)
    const batch = number === undefined ? undefined : await readBatch(db, number)
    if (!batch) return next(problem('not-found'))
    const told: AuditFilter = {
      before: null,
      who: null,
      act: 'batch-made',
      subject: `batch ${batch.number}`,
    }
    const [sums, files, downloads, [audit]] = await Promise.all([
      sumsOfBatch(db, batch.number),
      filesOf(db, batch.number),
      downloadsOf(db, batch.number),
      listAudit(db, told, 1),
    ])
    const known = new Map(economyFiles.formats.map((format) => [format.name, format]))
    showPage(res, 'exports/batch', {
      batch,
      // Printed with the batch it stays where nobody can change it: the audit trail can be held to it.
      auditHead: audit && `${audit.id}:${audit.hash}`,
      accounts: accountSums(sums, namesIn(config.economy)),
      files: files.map((file) => ({
        ...file,
        // A format that is no longer configured has left its name behind, and its file.
        title: known.get(file.format)?.title ?? file.format,
        encoding: known.get(file.format)?.encoding ?? null,
      })),
      downloads: downloads.map((one) => ({ ...one, title: known.get(one.format)?.title ?? one.format })),
      made: req.query.made === '1',
    })
  }
}
