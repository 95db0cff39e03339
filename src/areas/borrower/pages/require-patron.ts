import type { RequestHandler } from 'express'
import { requirePerson } from '../../../web/middleware/require.ts'
import { problem } from '../../../web/problem.ts'
import { type MatchUses, matchPatron } from '../../people/match-patron.ts'

/**
 * Lets only people through who have a patron; after it `req.user.patronId` is set. Who had none at sign-in is looked
 * for again: Koha may have been silent then, or the account is new.
 */
export function requirePatron(uses: MatchUses): RequestHandler {
  return async (req, res, next) => {
    if (!req.user) return requirePerson(req, res, next)
    if (req.user.patronId !== undefined) return next()
    const match = await matchPatron(uses, req.user.identity)
    switch (match.kind) {
      case 'none':
        return next(problem('no-patron'))
      case 'several':
        return next(problem('several-patrons', { count: match.count }))
      case 'koha-silent':
        return next(problem('koha-silent'))
      case 'one':
        req.user.patronId = match.patron.id
        if (req.session.passport) req.session.passport.user.patronId = match.patron.id
        return next()
    }
  }
}
