import type { Request } from 'express'
import type { SignedIn } from '../../people/sign-in.ts'

/** A new session id, so that one planted before sign-in is worth nothing after it. Passport makes it. */
export function startSession(req: Request, signedIn: SignedIn): Promise<void> {
  return new Promise((resolve, reject) => {
    req.logIn(signedIn as Express.User, (error) => (error ? reject(error) : resolve()))
  })
}
