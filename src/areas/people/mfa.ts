import type { Role } from '../../base/role.ts'

/** The section people.mfa: who has to sign in with more than one factor (ASVS V6.3.3). */
export interface MfaSettings {
  enabled: boolean
  /** The roles that nobody holds without it. */
  roles: Exclude<Role, 'borrower'>[]
  /** Nobody signs in without it, borrowers no more than others. */
  everybody: boolean
}

/** Returns the roles that somebody would hold, had they signed in with more than one factor. */
export function withheldRoles(given: Role[], proved: boolean, { enabled, roles }: MfaSettings): Role[] {
  if (!enabled || proved) return []
  return given.filter((role) => role !== 'borrower' && roles.includes(role))
}

/** Returns true when nobody at all is let in with one factor. */
export function isForEverybody({ enabled, everybody }: MfaSettings): boolean {
  return enabled && everybody
}

/**
 * Returns whether a sign-in that leads to a page for these visitors is to be made with more than one factor at once:
 * when nobody could visit the page without. Borrowers are not troubled with what only staff need.
 */
export function wantsMfa(visitors: 'everybody' | readonly Role[] | undefined, mfa: MfaSettings): boolean {
  if (!mfa.enabled || mfa.everybody) return mfa.enabled
  if (visitors === undefined || visitors === 'everybody') return false
  return visitors.every((role) => withheldRoles([role], false, mfa).length > 0)
}
