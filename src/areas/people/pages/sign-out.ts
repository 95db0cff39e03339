import type { RequestHandler } from 'express'
import { sessionCookie } from '../../../web/middleware/cookies.ts'

/**
 * POST /sign-out: ends the session here, and asks the browser to forget what it has of us. The university's own sign-in
 * lives on; the page that we lead to says so.
 */
export function signOut(baseUrl: string): RequestHandler {
  const { name, options } = sessionCookie(baseUrl)
  return (req, res, next) => {
    req.session.destroy((error) => {
      if (error) return next(error)
      res.clearCookie(name, options)
      // Not "cookies": that would reach every service under the university's domain.
      res.setHeader('Clear-Site-Data', '"cache", "storage"')
      res.redirect(303, '/?signed-out')
    })
  }
}
