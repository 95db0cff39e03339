import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { actorOf } from '../../../web/middleware/actor.ts'
import { problem } from '../../../web/problem.ts'
import { showPage } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { endSessions } from '../../people/end-sessions.ts'
import { personIn } from '../../people/person-key.ts'
import { countSessions, type OwnSession, sessionsOf } from '../../people/session-store.ts'

type Uses = Pick<Context, 'db' | 'clock' | 'log'>

const token = z.string().max(200).optional()
const who = z.string().trim().max(256)
const reason = z.string().trim().max(500)
const findForm = z.strictObject({ _csrf: token, who })
const endForm = z.strictObject({ _csrf: token, who, reason })
const endAllForm = z.strictObject({ _csrf: token, reason, sure: z.literal('yes').optional() })

/** GET /operations/sessions: how many are signed in, whom to look for, and the way to end them all. */
export function sessionsPage(uses: Uses): RequestHandler {
  return (req, res) => show(uses, req, res)
}

/**
 * POST /operations/sessions/find: somebody's sessions. It changes nothing; it is a post so that the identifier stands in
 * no address.
 */
export function findSessions(uses: Uses): RequestHandler {
  return async (req, res, next) => {
    const read = findForm.safeParse(req.body)
    if (!read.success) return next(problem('bad-request'))
    const { who } = read.data
    if (!personIn(who)) return show(uses, req, res, { fault: 'who' }, 422)
    return show(uses, req, res, { who })
  }
}

/** POST /operations/sessions/end: ends all of somebody's. */
export function endSomebodys(uses: Uses): RequestHandler {
  return async (req, res, next) => {
    const read = endForm.safeParse(req.body)
    const whose = read.success ? personIn(read.data.who) : undefined
    if (!read.success || !whose) return next(problem('bad-request'))
    const { who, reason } = read.data
    if (reason === '') return show(uses, req, res, { who, fault: 'reason' }, 422)
    const ended = await endSessions(uses, { whose, reason, actor: actorOf(req, 'operator') })
    res.redirect(303, `/operations/sessions?ended=${ended}`)
  }
}

/** POST /operations/sessions/end-all: ends everybody's, the operator's own too. */
export function endEverybodys(uses: Uses): RequestHandler {
  return async (req, res, next) => {
    const read = endAllForm.safeParse(req.body)
    if (!read.success) return next(problem('bad-request'))
    const { reason, sure } = read.data
    if (reason === '') return show(uses, req, res, { fault: 'reason-all' }, 422)
    if (!sure) return show(uses, req, res, { fault: 'sure', reason }, 422)
    await endSessions(uses, { whose: 'everybody', reason, actor: actorOf(req, 'operator') })
    res.redirect(303, '/?signed-out')
  }
}

interface SessionsView {
  /** Whom the operator looked for. */
  who?: string
  fault?: 'who' | 'reason' | 'reason-all' | 'sure'
  /** What was typed already, with a fault. */
  reason?: string
}

async function show(
  { db, clock }: Uses,
  req: Request,
  res: Response,
  shown: SessionsView = {},
  status = 200,
) {
  const person = shown.who === undefined ? undefined : personIn(shown.who)
  const found: OwnSession[] | undefined = person && (await sessionsOf(db, person, clock.now()))
  const ended = /^\d{1,9}$/.exec(String(req.query.ended ?? ''))?.[0]
  showPage(
    res,
    'operations/sessions',
    {
      ...shown,
      found: found?.map((one) => ({ ...one, since: new Date(one.signedInAt) })),
      counts: await countSessions(db),
      ended: ended === undefined ? undefined : Number(ended),
      mayEnd: req.user?.roles.includes('operator') ?? false,
    },
    status,
  )
}
