import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { problem } from '../../../web/problem.ts'
import { showPage } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { findPatron, LONGEST } from './find-patron.ts'

/** GET /desk: one field, in focus. */
export function findPage(): RequestHandler {
  return (req, res) => showFind(req, res, {})
}

const form = z.strictObject({
  _csrf: z.string().max(200).optional(),
  typed: z.string().trim().max(LONGEST).catch(''),
})

/**
 * POST /desk/find: opens the patron. Nothing is changed; it is a post so that a card number, which somewhere is a
 * personal number, stands in no address and no proxy's log.
 */
export function findRoute(context: Context): RequestHandler {
  return async (req, res, next) => {
    const read = form.safeParse(req.body)
    if (!read.success) return next(problem('bad-request'))
    const { typed } = read.data
    if (typed === '') return showFind(req, res, { why: 'nothing-typed' }, 422)
    const found = await findPatron(context, typed)
    switch (found.kind) {
      case 'patron':
        return res.redirect(
          303,
          `/desk/patrons/${found.patronId}${found.reference ? `#${found.reference}` : ''}`,
        )
      case 'nobody':
        return showFind(req, res, { why: 'nobody', typed }, 404)
      case 'koha-silent':
        return next(problem('koha-silent'))
    }
  }
}

interface SearchView {
  /** Why no patron was opened: `desk.find.…` */
  why?: 'nothing-typed' | 'nobody' | 'other-library'
  typed?: string
  /** With other-library: the patron's. */
  library?: string
}

/** Shows the field, with what came of the last search. */
export function showFind(req: Request, res: Response, search: SearchView, status = 200): void {
  const maySearch = req.user?.roles.includes('desk') ?? false
  showPage(res, 'desk/find', { search, maySearch }, status)
}
