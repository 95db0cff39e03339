import connectPgSimple from 'connect-pg-simple'
import type { RequestHandler } from 'express'
import expressSession from 'express-session'
import type { Language } from '../../base/language.ts'
import type { Log } from '../../base/log.ts'
import type { Database } from '../../database/database.ts'
import { sessionCookie } from './cookies.ts'

export interface SessionTools {
  service: { baseUrl: string; sessionSecrets: string[]; sessionMinutes: number }
  pool: Database['pool']
  log: Log
}

declare module 'express-session' {
  interface SessionData {
    /** The language that the person chose, when they did. */
    language?: Language
  }
}

/**
 * Sessions in PostgreSQL, shared by all instances: rolling, gone after `service.sessionMinutes` without a click. A
 * visitor who neither signs in nor chooses anything gets no cookie and no row.
 */
export function session({ service, pool, log }: SessionTools): RequestHandler {
  const cookie = sessionCookie(service.baseUrl)
  const lifetime = service.sessionMinutes * 60
  const Store = connectPgSimple(expressSession)
  const handle = expressSession({
    name: cookie.name,
    secret: service.sessionSecrets,
    store: touchingSeldom(
      new Store({
        pool,
        tableName: 'session',
        createTableIfMissing: false,
        ttl: lifetime,
        pruneSessionInterval: 15 * 60,
        errorLog: () => log.error('the session table could not be tidied'),
      }),
    ),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    unset: 'destroy',
    cookie: { ...cookie.options, maxAge: lifetime * 1000 },
  })
  return cookie.options.secure ? warnOfPlainRequests(handle, log) : handle
}

const TOUCH_EVERY = 60_000
const MOST_REMEMBERED = 10_000

/** The same store, which lengthens a session's life at most once a minute: a page view must not wait for a commit. */
function touchingSeldom<Store extends expressSession.Store>(store: Store): Store {
  const touch = store.touch?.bind(store)
  const touched = new Map<string, number>()
  store.touch = (id, session, done) => {
    const now = Date.now()
    if (now - (touched.get(id) ?? 0) < TOUCH_EVERY) return done?.()
    if (touched.size >= MOST_REMEMBERED) touched.clear()
    touched.set(id, now)
    touch?.(id, session, done)
  }
  return store
}

/** express-session sends no Secure cookie when the request looks like plain http, and says nothing: sign-in goes in circles. */
function warnOfPlainRequests(handle: RequestHandler, log: Log): RequestHandler {
  let warned = false
  return (req, res, next) => {
    if (!req.secure && !warned) {
      warned = true
      log.warn(
        'service.baseUrl is https but this request came as http: the proxy must send X-Forwarded-Proto: https, and service.trustProxy must count it. Nobody can sign in until then.',
      )
    }
    return handle(req, res, next)
  }
}
