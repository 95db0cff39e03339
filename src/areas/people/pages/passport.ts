import passport from 'passport'
import type { Clock } from '../../../work/context.ts'
import { isForEverybody, type MfaSettings, withheldRoles } from '../mfa.ts'
import { deskLibrariesOf, type RoleSources, rolesOf } from '../roles.ts'
import type { Person, SignedIn } from '../signed-in.ts'

declare global {
  namespace Express {
    interface User extends Person {}
  }
}

/**
 * Passport for this application: puts a signed-in person into the session and back into `req.user`. Mount
 * `passport.session()` after the session. Roles are worked out on each request; who has been signed in for longer than
 * a sign-in lasts is signed in no more.
 */
export function createPassport({
  people: sources,
  clock,
}: {
  people: RoleSources & { mfa: MfaSettings }
  clock: Clock
}): passport.Authenticator {
  const people = new passport.Passport()
  people.serializeUser<SignedIn>((person, done) => done(null, heldInSession(person)))
  people.deserializeUser<SignedIn>((held, done) => {
    if (Date.parse(held.endsAt) <= clock.now().getTime()) return done(null, false)
    // Whoever signed in with less before more was asked for has to sign in again.
    if (isForEverybody(sources.mfa) && !held.mfa) return done(null, false)
    const { identity } = held
    // A card and its password are not enough for anybody's work.
    const grants = held.by === 'card' ? { staff: [], rolesFrom: [] } : sources
    const given = rolesOf(identity, grants)
    const withheld = withheldRoles(given, held.mfa ?? false, sources.mfa)
    const roles = given.filter((role) => !withheld.includes(role))
    const deskLibraries = roles.includes('desk') ? deskLibrariesOf(identity, grants) : []
    done(null, { ...held, roles, deskLibraries, withheld })
  })
  return people
}

function heldInSession({
  identity,
  by,
  patronId,
  signedInAt,
  mfa,
  provedAt,
  endsAt,
  device,
}: SignedIn): SignedIn {
  return {
    identity,
    ...(by && { by }),
    ...(patronId === undefined ? {} : { patronId }),
    signedInAt,
    ...(mfa && { mfa }),
    ...(provedAt === undefined ? {} : { provedAt }),
    endsAt,
    ...(device && { device }),
  }
}

declare module 'express-session' {
  interface SessionData {
    /** Passport's own corner of the session. */
    passport?: { user: SignedIn }
  }
}
