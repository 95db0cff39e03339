import type { Role } from '../../base/role.ts'
import type { Identity } from '../../outside/ports/identity.ts'
import type { Device } from './device.ts'

/** The longest that one sign-in lasts, whatever the person does, milliseconds. */
export const LONGEST_SESSION = 8 * 60 * 60_000

/** Somebody who is signed in, as the session holds them. */
export interface SignedIn {
  identity: Identity
  /** Absent for the university's sign-in. Who signed in by card is a borrower and nothing more. */
  by?: 'card'
  /** Koha's patron; absent while none, several or a silent Koha was found. */
  patronId?: number
  /** ISO date-times with zone. */
  signedInAt: string
  /** True when they proved it by more than one factor. */
  mfa?: boolean
  /** When they proved who they are, when that was before the sign-in (single sign-on). */
  provedAt?: string
  endsAt: string
  /** What they signed in with, roughly; for their own eyes. */
  device?: Device
}

/** Who makes this request: `req.user`, absent when nobody is signed in. */
export interface Person extends SignedIn {
  /** As the configuration says now, not as it was at sign-in. */
  roles: Role[]
  deskLibraries: 'all' | string[]
  /** Roles that would be theirs, had they signed in with more than one factor. */
  withheld: Role[]
}
