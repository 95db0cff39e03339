import type { Request } from 'express'
import type { Actor } from '../../base/actor.ts'
import type { Role } from '../../base/role.ts'

/**
 * Returns who makes this request, for the audit trail: the person, the right that they use (the first of the given
 * roles that they hold), and from where. For routes behind `requireRole`; throws where nobody is signed in.
 */
export function actorOf(req: Request, ...rights: Role[]): Actor {
  const { user } = req
  if (!user) throw new Error('An act needs somebody who did it')
  return {
    who: user.identity.id,
    role: rights.find((right) => user.roles.includes(right)) ?? 'borrower',
    ...fromWhere(req),
  }
}

/** From where a request came, as the audit trail keeps it. */
export function fromWhere(req: Request): Pick<Actor, 'address' | 'request'> {
  const id: unknown = req.res?.locals.requestId
  return { address: req.ip ?? null, request: typeof id === 'string' ? id : null }
}
