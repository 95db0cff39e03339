import type { Request } from 'express'
import { deviceOf } from '../device.ts'
import type { SignedIn } from '../signed-in.ts'

/** Gives the session a new id, so that one planted before sign-in is worth nothing after it. Passport makes it. */
export function startSession(req: Request, signedIn: SignedIn): Promise<void> {
  return new Promise((resolve, reject) => {
    const device = deviceOf(req.get('user-agent'))
    req.logIn({ ...signedIn, device } as Express.User, (error) => (error ? reject(error) : resolve()))
  })
}
