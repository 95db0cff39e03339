import type { RequestHandler, Response } from 'express'
import { z } from 'zod'
import { ore } from '../../../base/money.ts'
import { actorOf } from '../../../web/middleware/actor.ts'
import { problem } from '../../../web/problem.ts'
import { showPage } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { makeBatch } from '../make-batch.ts'
import { showNextBatch } from '../show-next-batch.ts'

/** What the preview's button carries: what was seen, so that nothing else is made. */
const body = z.strictObject({
  _csrf: z.string().max(200).optional(),
  until: z.iso.datetime().transform((text) => new Date(text)),
  postings: z.coerce.number().int().positive(),
  total: z.coerce.number().int().positive().transform(ore),
})

interface Unwritable {
  format: string
  faults: string[]
}

/** GET /economy/batches/next: what the next batch would hold. Nothing is written. */
export function nextBatchPage(context: Context): RequestHandler {
  return async (req, res) => {
    await showNext(context, res, { changed: req.query.changed === '1' })
  }
}

/** POST /economy/batches: makes what the preview showed, or nothing. */
export function makeBatchRoute(context: Context): RequestHandler {
  return async (req, res, next) => {
    const form = body.safeParse(req.body)
    if (!form.success) return next(problem('bad-request'))
    const { until, postings, total } = form.data
    const actor = actorOf(req, 'economy', 'approver')
    const outcome = await makeBatch(context, { actor, shown: { until, postings, total } })
    switch (outcome.kind) {
      case 'made':
        return res.redirect(303, `/economy/batches/${outcome.batch.number}?made=1`)
      case 'nothing':
      case 'changed':
        return res.redirect(303, '/economy/batches/next?changed=1')
      case 'unwritable':
        return showNext(context, res, { unwritable: outcome }, 422)
    }
  }
}

async function showNext(
  context: Context,
  res: Response,
  { changed = false, unwritable }: { changed?: boolean; unwritable?: Unwritable },
  status = 200,
): Promise<void> {
  const next = await showNextBatch(context)
  const roles = res.req.user?.roles ?? []
  showPage(
    res,
    'exports/next-batch',
    {
      next,
      changed,
      unwritable,
      mayMake: roles.includes('economy') || roles.includes('approver'),
    },
    status,
  )
}
