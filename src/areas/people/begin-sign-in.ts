import { randomBytes } from 'node:crypto'
import type { Answer } from '../../base/answer.ts'
import { sha256Bytes } from '../../base/digest.ts'
import type { Database } from '../../database/database.ts'
import type { IdentityProvider } from '../../outside/ports/identity.ts'
import type { Clock } from '../../work/context.ts'
import { insertSignInRequest } from './store.ts'

/** How long a person may take at the identity provider, milliseconds. */
export const SIGN_IN_TIME = 10 * 60_000

export interface BeginUses {
  db: Database
  clock: Clock
  identityProvider: Pick<IdentityProvider, 'signInUrl'>
}

export interface SignInOptions {
  /** The identity provider to be asked: one of its `choices`. */
  idp: string
  returnTo: string
  /** True when the person shall prove anew who they are, though they may be signed in over there. */
  fresh: boolean
  /** True when the person shall prove it by more than one factor. */
  mfa: boolean
  /** What the browser already holds from another tab, so that both tabs can finish; without one a new one is made. */
  nonce?: string | undefined
}

/**
 * Starts a sign-in: a request that only this browser can finish. Returns where to send the browser and the nonce to
 * keep, or why the identity provider cannot be asked now.
 */
export async function beginSignIn(
  { db, clock, identityProvider }: BeginUses,
  { idp, returnTo, fresh, mfa, nonce = randomBytes(32).toString('base64url') }: SignInOptions,
): Promise<Answer<{ url: string; nonce: string }>> {
  const id = `_${randomBytes(20).toString('hex')}`
  const url = await identityProvider.signInUrl({ id, idp, fresh, mfa })
  if (!url.ok) return url
  const now = clock.now()
  const expiresAt = new Date(now.getTime() + SIGN_IN_TIME).toISOString()
  const row = { id, idp, nonceHash: sha256Bytes(nonce), returnTo, fresh, mfa, expiresAt }
  await db.transaction((tx) => insertSignInRequest(tx, row, now))
  return { ok: true, value: { url: url.value, nonce } }
}
