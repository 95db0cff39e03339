import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import { problem } from '../problem.ts'

/**
 * At most so many requests per minute and address, then 429 with the seconds to wait. Counted in this process: several
 * instances allow as many times more. A whole campus may share one address, so the numbers stop machines, not crowds.
 */
export function rateLimitOf(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // How far X-Forwarded-For is believed is service.trustProxy's to say; the library would print a warning of its own.
    validate: { xForwardedForHeader: false, trustProxy: false },
    handler: (_req, res, next) => {
      const retryAfter = Number(res.getHeader('Retry-After')) || 60
      next(problem('too-many', { retryAfter }))
    },
  })
}

/** Requests per minute and address. */
export const rateLimits = {
  signIn: 120,
  /** Starting a payment: each makes a call to the payment company. */
  payments: 60,
}
