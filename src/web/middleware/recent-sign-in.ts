import type { Request, RequestHandler } from 'express'
import type { Clock } from '../../work/context.ts'
import { type Gate, isReading } from '../place.ts'
import { problem } from '../problem.ts'
import { returnPath } from '../return-path.ts'

/** How long a proof of who somebody is carries what they do to money and books, minutes. */
export const RECENT_MINUTES = 15

/**
 * Before sensitive acts people show anew who they are: a computer left alone at the desk, or a single sign-on of this
 * morning, is not enough (ASVS V7.5.3). After the gate of roles. A new form is sensitive by standing in such a place.
 */
export function recentSignInGate({
  clock,
  baseUrl,
  gate,
}: {
  clock: Clock
  baseUrl: string
  gate: Gate
}): RequestHandler {
  const recent = requireRecentSignIn({ clock, baseUrl, minutes: RECENT_MINUTES })
  return (req, res, next) => {
    if (gate.placeOf(req.path)?.proofForChanges && !isReading(req.method)) recent(req, res, next)
    else next()
  }
}

/** Lets only those through who proved who they are within so many minutes. A page leads to the proof and back; a form says so. */
export function requireRecentSignIn({
  clock,
  baseUrl,
  minutes,
}: {
  clock: Clock
  baseUrl: string
  minutes: number
}): RequestHandler {
  return (req, res, next) => {
    const proved = Date.parse(req.user?.provedAt ?? req.user?.signedInAt ?? '')
    if (clock.now().getTime() - proved <= minutes * 60_000) return next()
    if (!isReading(req.method))
      return next(problem('prove-again', { back: pageOf(req, baseUrl), byCard: req.user?.by === 'card' }))
    res.redirect(303, `/sign-in?fresh=1&to=${encodeURIComponent(req.originalUrl)}`)
  }
}

/** The page that the form was on: our own referrer policy lets browsers tell it to us. */
function pageOf(req: Request, baseUrl: string): string {
  const from = URL.parse(req.get('referer') ?? '')
  const first = `/${req.path.split('/')[1] ?? ''}`
  return from?.origin === new URL(baseUrl).origin ? returnPath(`${from.pathname}${from.search}`) : first
}
