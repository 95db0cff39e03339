import type { RequestHandler } from 'express'
import expressSession from 'express-session'
import type { Language } from '../../base/language.ts'
import type { Log } from '../../base/log.ts'
import type { Own } from '../../database/database.ts'
import { sessionCookie } from './cookies.ts'
import { createSessionStore } from './session-store.ts'
import { throttleTouch } from './throttle-touch.ts'

export interface SessionTools {
  service: { baseUrl: string; sessionSecrets: string[]; sessionMinutes: number }
  db: Own
  log: Log
}

declare module 'express-session' {
  interface SessionData {
    /** The language that the person chose, when they did. */
    language?: Language
  }
}

/**
 * Returns the sessions in PostgreSQL, shared by all instances: rolling, gone after `service.sessionMinutes` without a
 * click. A visitor who neither signs in nor chooses anything gets no cookie and no row.
 */
export function session({ service, db, log }: SessionTools): RequestHandler {
  const cookie = sessionCookie(service.baseUrl)
  const lifetime = service.sessionMinutes * 60
  const onPruneError = () =>
    log.error({ event: 'sessions.not-pruned' }, 'expired sessions could not be removed')
  const handle = expressSession({
    name: cookie.name,
    secret: service.sessionSecrets,
    store: throttleTouch(createSessionStore(db, { lifetime, onPruneError })),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    unset: 'destroy',
    cookie: { ...cookie.options, maxAge: lifetime * 1000 },
  })
  return cookie.options.secure ? warnOfPlainRequests(handle, log) : handle
}

/** express-session sends no Secure cookie when the request looks like plain http, and says nothing: sign-in goes in circles. */
function warnOfPlainRequests(handle: RequestHandler, log: Log): RequestHandler {
  let warned = false
  return (req, res, next) => {
    if (!req.secure && !warned) {
      warned = true
      log.warn(
        { event: 'proxy.misconfigured' },
        'service.baseUrl is https but this request came as http: the proxy must send X-Forwarded-Proto: https, and service.trustProxy must count it. Nobody can sign in until then.',
      )
    }
    return handle(req, res, next)
  }
}
