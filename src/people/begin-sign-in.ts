import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../context.ts'
import type { Database } from '../database/database.ts'
import type { IdentityProvider } from '../outside/ports.ts'
import { insertSignInRequest } from './store.ts'

/** How long a person may take at the identity provider, milliseconds. */
export const SIGN_IN_TIME = 10 * 60_000

export interface BeginUses {
  db: Database
  clock: Clock
  identityProvider: IdentityProvider
}

/**
 * Starts a sign-in: a request that only this browser can finish. `nonce` is what the browser already holds from another
 * tab, so that both tabs can finish; without one a new one is made. Answers where to send the browser and the nonce to keep.
 */
export async function beginSignIn(
  { db, clock, identityProvider }: BeginUses,
  {
    returnTo,
    nonce = randomBytes(32).toString('base64url'),
  }: { returnTo: string; nonce?: string | undefined },
): Promise<{ url: string; nonce: string }> {
  const id = `_${randomBytes(20).toString('hex')}`
  const now = clock.now()
  const expiresAt = new Date(now.getTime() + SIGN_IN_TIME).toISOString()
  const row = { id, idp: identityProvider.name, nonceHash: hashOf(nonce), returnTo, expiresAt }
  await db.transaction((tx) => insertSignInRequest(tx, row, now))
  return { url: await identityProvider.signInUrl(id), nonce }
}

/** What is stored of a browser's nonce. */
export function hashOf(nonce: string): Buffer {
  return createHash('sha256').update(nonce).digest()
}
