import { csrfSync } from 'csrf-sync'
import type { Request, RequestHandler } from 'express'
import { problem } from '../problem.ts'

export interface CsrfTools {
  baseUrl: string
  /** Paths that are posted to from other sites, and prove their sender in another way. */
  exempt: string[]
}

/**
 * Only our own pages may post to us. First what the browser says by itself (Sec-Fetch-Site, or Origin from older ones),
 * then the token in the form's field `_csrf` against the one in the session. Goes after the session and the form body.
 * Templates get the token by calling `csrfToken()`: not before a form needs it, because it makes a session.
 */
export function csrf({ baseUrl, exempt }: CsrfTools): RequestHandler {
  const origin = new URL(baseUrl).origin
  const tokens = csrfSync({
    size: 32,
    getTokenFromRequest: (req) => (typeof req.body?._csrf === 'string' ? req.body._csrf : undefined),
  })
  return (req, res, next) => {
    res.locals.csrfToken = () => tokens.generateToken(req)
    if (['GET', 'HEAD', 'OPTIONS'].includes(req.method) || exempt.includes(req.path)) return next()
    const ours = comesFromUs(req, origin) && tokens.isRequestValid(req)
    next(ours ? undefined : problem('form-expired'))
  }
}

/** The rule of Fetch Metadata, as in OWASP's cheat sheet and Go 1.25: say `cross-site` and you are refused, whatever you hold. */
function comesFromUs(req: Request, origin: string): boolean {
  const site = req.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  // Without either header it is no browser of this decade: the token decides.
  return req.headers.origin === undefined || req.headers.origin === origin
}
