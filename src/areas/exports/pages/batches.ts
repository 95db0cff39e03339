import type { RequestHandler } from 'express'
import { z } from 'zod'
import { showPage } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { listBatches, unexported } from '../batch-store.ts'

const LIST = '/economy/batches'
const SIZE = 50

const query = z.object({
  before: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1)
    .nullable()
    .catch(null),
})

/** GET /economy/batches: every batch, in numbers without gaps, and what waits for the next. */
export function batchesPage({ db }: Context): RequestHandler {
  return async (req, res) => {
    const { before } = query.parse({ before: req.query.before ?? null })
    const [found, waiting] = await Promise.all([listBatches(db, before, SIZE + 1), unexported(db)])
    const batches = found.slice(0, SIZE)
    const last = batches.at(-1)
    showPage(res, 'exports/batches', {
      batches,
      waiting,
      older: found.length > SIZE && last ? `${LIST}?before=${last.number}` : null,
      newest: before === null ? null : LIST,
    })
  }
}
