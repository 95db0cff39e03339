import { createHmac } from 'node:crypto'
import type { RequestHandler } from 'express'
import { type Options, rateLimit, type Store } from 'express-rate-limit'
import type { Own } from '../../database/database.ts'
import type { Clock } from '../../work/context.ts'
import { problem } from '../problem.ts'
import { countRequest, forgetRequests, uncountRequest } from './request-count-store.ts'

const MINUTE = 60_000

/**
 * At most so many requests per minute and address, then 429 with the seconds to wait. Counted in this process: several
 * instances allow as many times more. A whole campus may share one address, so the numbers stop machines, not crowds.
 */
export function rateLimitOf(perMinute: number): RequestHandler {
  return rateLimit({ ...common, limit: perMinute })
}

/** What is worth guarding over all instances together, and how many requests per minute and address it takes. */
const shared = {
  'sign-in': 120,
  /** Starting a payment: each makes a call to the payment company. */
  payments: 60,
}

export interface SharedUses {
  db: Own
  clock: Clock
  config: { service: { sessionSecrets: string[] } }
}

/** Returns the same limit, counted in PostgreSQL: one small statement for each request, so not for every page. */
export function sharedRateLimit(uses: SharedUses, name: keyof typeof shared): RequestHandler {
  return rateLimit({ ...common, limit: shared[name], store: storeOf(uses, name) })
}

const common: Partial<Options> = {
  windowMs: MINUTE,
  standardHeaders: 'draft-8',
  legacyHeaders: false,
  // How far X-Forwarded-For is believed is service.trustProxy's to say; the library would print a warning of its own.
  validate: { xForwardedForHeader: false, trustProxy: false },
  handler: (_req, res, next) => {
    const retryAfter = Number(res.getHeader('Retry-After')) || 60
    next(problem('too-many', { retryAfter }))
  },
}

function storeOf({ db, clock, config }: SharedUses, name: string): Store {
  const [secret = ''] = config.service.sessionSecrets
  // Addresses are personal data: their digests, worth nothing without our secret, are enough to count by.
  const digest = (key: string) => createHmac('sha256', secret).update(`${name} ${key}`).digest('base64url')
  return {
    localKeys: false,
    increment: async (key) => {
      const { hits, endsAt } = await countRequest(db, {
        key: digest(key),
        windowMs: MINUTE,
        now: clock.now(),
      })
      return { totalHits: hits, resetTime: new Date(endsAt) }
    },
    decrement: (key) => uncountRequest(db, digest(key)),
    resetKey: (key) => forgetRequests(db, digest(key)),
  }
}
