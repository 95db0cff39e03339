import { type Role, roles } from '../../base/role.ts'
import { visitorsOf } from './roles.ts'

/** The section people.mfa: who has to sign in with more than one factor (ASVS V6.3.3). */
export interface MfaSettings {
  enabled: boolean
  /** The roles that nobody holds without it. */
  roles: Exclude<Role, 'borrower'>[]
  /** Nobody signs in without it, borrowers no more than others. */
  everybody: boolean
}

/** The roles that somebody would hold, had they signed in with more than one factor. */
export function withheldRoles(given: Role[], proved: boolean, { enabled, roles }: MfaSettings): Role[] {
  if (!enabled || proved) return []
  return given.filter((role) => role !== 'borrower' && roles.includes(role))
}

/** True when nobody at all is let in with one factor. */
export function isForEverybody({ enabled, everybody }: MfaSettings): boolean {
  return enabled && everybody
}

/**
 * Is a sign-in that leads to this page to be made with more than one factor at once? So it is when nobody could visit the
 * page without; borrowers are not troubled with what only staff need. `path` may have a query.
 */
export function wantsMfa(path: string, mfa: MfaSettings): boolean {
  if (!mfa.enabled || mfa.everybody) return mfa.enabled
  const allowed = visitorsOf(path.split('?')[0] ?? '')
  if (allowed === undefined || allowed === 'everybody') return false
  return roles
    .filter((role) => allowed.includes(role))
    .every((role) => withheldRoles([role], false, mfa).length > 0)
}
