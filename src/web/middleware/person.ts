import passport from 'passport'
import type { Clock } from '../../context.ts'
import { deskLibrariesOf, type Role, type RoleSources, rolesOf } from '../../people/roles.ts'
import type { SignedIn } from '../../people/sign-in.ts'

/** Who makes this request: `req.user`, absent when nobody is signed in. */
export interface Person extends SignedIn {
  /** As the configuration says now, not as it was at sign-in. */
  roles: Role[]
  deskLibraries: 'all' | string[]
}

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
  people: RoleSources
  clock: Clock
}): passport.Authenticator {
  const people = new passport.Passport()
  people.serializeUser<SignedIn>((person, done) => done(null, heldInSession(person)))
  people.deserializeUser<SignedIn>((held, done) => {
    if (Date.parse(held.endsAt) <= clock.now().getTime()) return done(null, false)
    const { identity } = held
    // A card and its password are not enough for anybody's work.
    const grants = held.by === 'card' ? { staff: [], rolesFrom: [] } : sources
    done(null, {
      ...held,
      roles: rolesOf(identity, grants),
      deskLibraries: deskLibrariesOf(identity, grants),
    })
  })
  return people
}

function heldInSession({ identity, by, patronId, signedInAt, provedAt, endsAt }: SignedIn): SignedIn {
  return {
    identity,
    ...(by && { by }),
    ...(patronId === undefined ? {} : { patronId }),
    signedInAt,
    ...(provedAt === undefined ? {} : { provedAt }),
    endsAt,
  }
}

declare module 'express-session' {
  interface SessionData {
    /** Passport's own corner of the session. */
    passport?: { user: SignedIn }
  }
}
