import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { type MatchUses, matchPatron } from '../../areas/people/match-patron.ts'
import { mayVisit } from '../../areas/people/roles.ts'
import type { Role } from '../../base/role.ts'
import { problem } from '../problem.ts'

/**
 * The gate before all routes: the table of people/roles.ts says who may visit what, and what it does not name answers
 * 404 to everybody. A page sends an unknown person to the sign-in and back; a form answers 401. Who only lacks a second
 * factor is told so.
 */
export function rolesGate(): RequestHandler {
  return (req, res, next) => {
    const { user, method, path } = req
    switch (mayVisit(user?.roles ?? [], { method, path })) {
      case 'welcome':
        return next()
      case 'unknown-route':
        return next(problem('not-found'))
      case 'forbidden':
        if (user && mayVisit([...user.roles, ...user.withheld], { method, path }) === 'welcome')
          return next(problem('mfa-needed', { back: pageBefore(req) }))
        return next(problem('forbidden'))
      case 'sign-in-first':
        return requirePerson(req, res, next)
    }
  }
}

/** Where to go on after another sign-in: a page itself, and of a form the first page of its place. */
function pageBefore({ method, originalUrl, path }: Request): string {
  return method === 'GET' || method === 'HEAD' ? originalUrl : `/${path.split('/')[1] ?? ''}`
}

/** Lets nobody through but those who are signed in. */
export function requirePerson(req: Request, res: Response, next: NextFunction): void {
  if (req.user) next()
  else if (req.method !== 'GET' && req.method !== 'HEAD') next(problem('not-signed-in'))
  else res.redirect(303, `/sign-in?to=${encodeURIComponent(req.originalUrl)}`)
}

/** Lets only holders of one of the roles through: a second lock beside the table, at the route itself. */
export function requireRole(...roles: Role[]): RequestHandler {
  return (req, res, next) => {
    if (!req.user) return requirePerson(req, res, next)
    next(req.user.roles.some((role) => roles.includes(role)) ? undefined : problem('forbidden'))
  }
}

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
