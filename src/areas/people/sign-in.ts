import type { Actor } from '../../base/actor.ts'
import type { Log } from '../../base/log.ts'
import type { Role } from '../../base/role.ts'
import type { Database } from '../../database/database.ts'
import type { SignOn } from '../../outside/ports/identity.ts'
import type { Clock } from '../../work/context.ts'
import { recordAudit } from '../audit/audit-store.ts'
import { type MatchUses, matchPatron } from './match-patron.ts'
import { type MfaSettings, withheldRoles } from './mfa.ts'
import { type RoleHolder, type RoleSources, rolesOf } from './roles.ts'
import { LONGEST_SESSION, type SignedIn } from './signed-in.ts'
import { rememberAssertion, type SignInRow, spendSignInRequest } from './store.ts'

export type SignInOutcome =
  | { kind: 'signed-in'; signedIn: SignedIn; returnTo: string }
  | { kind: 'used-before' }

export type SignInUses = MatchUses & {
  db: Database
  clock: Clock
  log: Log
  config: { people: RoleSources & { mfa: MfaSettings } }
}

/**
 * Makes a proved response count, once: the request is spent and the assertion remembered in one transaction, so that of
 * any number of copies at any number of instances one signs in. Then the person's patron is looked for; that none is
 * found, or that Koha is silent, does not keep the person out: their pages say so. That somebody who works here has
 * signed in is told in the audit trail; borrowers come and go unrecorded.
 */
export async function signIn(
  uses: SignInUses,
  { request, signOn, from }: { request: SignInRow; signOn: SignOn; from: Pick<Actor, 'address' | 'request'> },
): Promise<SignInOutcome> {
  const { db, clock, log } = uses
  const now = clock.now()
  const { roles, ...ways } = staffRoles(signOn.identity, uses.config.people)
  const counts = await db.transaction(async (tx) => {
    const spent = await spendSignInRequest(tx, { ...request, now })
    const { assertionId: id, assertionExpiresAt: expiresAt } = signOn
    const counted = spent && (await rememberAssertion(tx, { id, expiresAt, now }))
    if (counted && roles.length > 0) {
      const withheld = withheldRoles(roles, signOn.mfa, uses.config.people.mfa)
      const [role = 'borrower' as const] = roles.filter((each) => !withheld.includes(each))
      const actor = { who: signOn.identity.id, role, ...from }
      const after = {
        roles: roles.join(' '),
        ...ways,
        mfa: signOn.mfa,
        ...(withheld.length > 0 && { withheld: withheld.join(' ') }),
        idp: request.idp,
      }
      await recordAudit(tx, now, { actor, act: 'signed-in', subject: 'session', after })
    }
    return counted
  })
  if (!counts) return { kind: 'used-before' }

  const match = await matchPatron(uses, signOn.identity)
  const patron = match.kind === 'one' ? { patron: match.patron.id } : {}
  log.info(
    { event: 'person.signed-in', method: 'saml', mfa: signOn.mfa, match: match.kind, ...patron },
    'signed in',
  )
  return {
    kind: 'signed-in',
    returnTo: request.returnTo,
    signedIn: {
      identity: signOn.identity,
      ...(match.kind === 'one' ? { patronId: match.patron.id } : {}),
      signedInAt: now.toISOString(),
      ...(signOn.mfa && { mfa: true }),
      provedAt: signOn.provedAt,
      endsAt: sessionEnd(now, signOn.sessionEndsAt),
    },
  }
}

/** The roles beyond borrowing, and by which way each came, for the trail. */
function staffRoles(holder: RoleHolder, { staff, rolesFrom }: RoleSources) {
  const given = (sources: RoleSources): Role[] =>
    rolesOf(holder, sources).filter((role) => role !== 'borrower')
  return {
    roles: given({ staff, rolesFrom }),
    byList: given({ staff, rolesFrom: [] }).join(' ') || null,
    byAttribute: given({ staff: [], rolesFrom }).join(' ') || null,
  }
}

/** Eight hours, or less when the identity provider wants its session ended before. */
function sessionEnd(now: Date, wanted: string | null): string {
  const ours = now.getTime() + LONGEST_SESSION
  return new Date(wanted === null ? ours : Math.min(ours, Date.parse(wanted))).toISOString()
}
