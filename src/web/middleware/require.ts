import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { Role } from '../../base/role.ts'
import { type Gate, isReading } from '../place.ts'
import { problem } from '../problem.ts'

/**
 * Returns the gate before all routes: the areas' places say who may visit what, and what stands in none of them
 * answers 404 to everybody. A page sends an unknown person to the sign-in and back; a form answers 401. Who only
 * lacks a second factor is told so.
 */
export function rolesGate({ mayVisit }: Gate): RequestHandler {
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
  return isReading(method) ? originalUrl : `/${path.split('/')[1] ?? ''}`
}

/** Lets nobody through but those who are signed in. */
export function requirePerson(req: Request, res: Response, next: NextFunction): void {
  if (req.user) next()
  else if (!isReading(req.method)) next(problem('not-signed-in'))
  else res.redirect(303, `/sign-in?to=${encodeURIComponent(req.originalUrl)}`)
}

/** Lets only holders of one of the roles through: a second lock beside the table, at the route itself. */
export function requireRole(...roles: Role[]): RequestHandler {
  return (req, res, next) => {
    if (!req.user) return requirePerson(req, res, next)
    next(req.user.roles.some((role) => roles.includes(role)) ? undefined : problem('forbidden'))
  }
}
