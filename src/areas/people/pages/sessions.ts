import { createHash } from 'node:crypto'
import { type Request, type RequestHandler, Router } from 'express'
import { z } from 'zod'
import { requirePerson } from '../../../web/middleware/require.ts'
import { problem } from '../../../web/problem.ts'
import { showPage } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { endOwnSessions } from '../end-own-sessions.ts'
import { type PersonKey, sessionsOf } from '../session-store.ts'

type Uses = Pick<Context, 'db' | 'clock' | 'log' | 'config'>

/**
 * Returns the pages of a person's own sessions: to see them, and to end those that are not theirs any more (ASVS
 * V7.5.2).
 */
export function sessionsRouter(uses: Uses): Router {
  const router = Router()
  router.use('/sessions', requirePerson)
  router.get('/sessions', ownSessions(uses))
  router.post('/sessions/end', endOwn(uses))
  return router
}

/** GET /sessions: since when, how, and roughly on what. */
function ownSessions({ db, clock, config }: Uses): RequestHandler {
  const idle = config.service.sessionMinutes * 60_000
  return async (req, res) => {
    const now = clock.now()
    const found = await sessionsOf(db, personOf(req), now)
    const here = handleOf(req)
    showPage(res, 'people/sessions', {
      sessions: found
        .map((one) => ({
          ...one,
          here: one.handle === here,
          since: new Date(one.signedInAt),
          // A session's life begins anew with each click, so its end tells when the last one was.
          used: new Date(Math.min(now.getTime(), Date.parse(one.expiresAt) - idle)),
        }))
        .sort((a, b) => Number(b.here) - Number(a.here)),
      ended: req.query.ended !== undefined,
    })
  }
}

const form = z.strictObject({
  _csrf: z.string().max(200).optional(),
  /** A handle of the page, or all the others at once. */
  which: z.string().regex(/^(?:others|[0-9a-f]{64})$/),
})

/** POST /sessions/end: ends one of one's own, or all but this one. */
function endOwn(uses: Uses): RequestHandler {
  return async (req, res, next) => {
    const read = form.safeParse(req.body)
    if (!read.success) return next(problem('bad-request'))
    const { which } = read.data
    const wanted = which === 'others' ? { allBut: handleOf(req) } : { one: which }
    await endOwnSessions(uses, { person: personOf(req), which: wanted })
    res.redirect(303, which === handleOf(req) ? '/?signed-out' : '/sessions?ended')
  }
}

function personOf({ user }: Request): PersonKey {
  if (!user) throw new Error('Nobody is signed in')
  return { id: user.identity.id, patronId: user.patronId }
}

/** The digest that the store tells sessions by. */
function handleOf(req: Request): string {
  return createHash('sha256').update(req.sessionID).digest('hex')
}
