import { randomInt } from 'node:crypto'
import type { RequestHandler } from 'express'
import type passport from 'passport'
import type { IdentityProvider, SignInRequest, SignOn } from '../../outside/ports/identity.ts'
import { hashOf, SIGN_IN_TIME } from '../../people/begin-sign-in.ts'
import { type SignInUses, signIn } from '../../people/sign-in.ts'
import { findSignInRequest, type SignInRow } from '../../people/store.ts'
import { fromWhere } from '../middleware/actor.ts'
import { problem } from '../problem.ts'
import { clearLoginCookie, readLoginCookie } from './login-cookie.ts'
import { startSession } from './start-session.ts'

export type ReceiveUses = SignInUses & {
  identityProvider: IdentityProvider
  passport: passport.Authenticator
  config: { service: { baseUrl: string; sessionSecrets: string[] } }
}

type Proof = { ok: true; request: SignInRow; signOn: SignOn } | { ok: false; reason: string; idp?: string }

/** Refusals that the identity provider's own help can mend: it vouches for a person and does not say for whom. */
const toldTooLittle = ['identifier', 'scope']

/**
 * POST /saml/acs: the identity provider's response, carried by the browser. A look at the envelope, the request that
 * this browser started, the library's proof and ours; then it counts once and the person is signed in under a new
 * session. Every refusal shows the same page with a reference; the log line with that reference says why.
 */
export function receiveResponse(uses: ReceiveUses): RequestHandler {
  const { log, config } = uses
  return async (req, res, next) => {
    const refuse = async (reason: string, idp?: string) => {
      const reference = newReference()
      log.warn({ reference, reason, ...(idp === undefined ? {} : { idp }) }, 'sign-in refused')
      const help = idp && toldTooLittle.includes(reason) ? await helpOf(uses, idp) : null
      next(problem('sign-in-refused', { reference, ...(help === null ? {} : { help }) }))
    }

    const proof = await prove(uses, req, res)
    if (!proof.ok) return refuse(proof.reason, proof.idp)
    const outcome = await signIn(uses, { ...proof, from: fromWhere(req) })
    if (outcome.kind === 'used-before') return refuse('used-before', proof.request.idp)

    await startSession(req, outcome.signedIn)
    clearLoginCookie(res, config.service.baseUrl)
    res.redirect(303, outcome.returnTo)
  }
}

async function prove(uses: ReceiveUses, ...[req, res]: Handled): Promise<Proof> {
  const { identityProvider, config, db, clock } = uses
  const posted: unknown = req.body?.SAMLResponse
  if (typeof posted !== 'string') return { ok: false, reason: 'no-response' }
  const envelope = identityProvider.readEnvelope(posted)
  if (!envelope.ok) return envelope

  const nonce = readLoginCookie(req, config.service.baseUrl)
  if (!nonce) return { ok: false, reason: 'no-cookie' }
  const asked = { id: envelope.inResponseTo, nonceHash: hashOf(nonce), now: clock.now() }
  const request = await findSignInRequest(db, asked)
  if (!request) return { ok: false, reason: 'no-such-request' }

  const started = Date.parse(request.expiresAt) - SIGN_IN_TIME
  const { id, idp, fresh } = request
  const answered = { id, idp, fresh, startedAt: new Date(started).toISOString() }
  const signOn = await authenticate(uses, answered, req, res)
  return typeof signOn === 'string' ? { ok: false, reason: signOn, idp } : { ok: true, request, signOn }
}

function helpOf({ identityProvider, clock }: ReceiveUses, idp: string): Promise<string | null> {
  return identityProvider.helpUrl(idp, clock.now())
}

type Handled = Parameters<RequestHandler> extends [infer Req, infer Res, ...unknown[]] ? [Req, Res] : never

/** Passport's part: what the response proves, or the reason why it proves nothing. */
async function authenticate(
  { identityProvider, passport }: ReceiveUses,
  request: SignInRequest,
  ...[req, res]: Handled
): Promise<SignOn | string> {
  const made = await identityProvider.strategy(request)
  if (!made.ok) return made.reason
  const { strategy } = made
  return new Promise((resolve, reject) => {
    const done = (error: unknown, signOn: SignOn | false | null, info?: { message?: string }) => {
      if (error) reject(error)
      else resolve(signOn || (info?.message ?? 'refused'))
    }
    passport.authenticate(strategy, { session: false }, done)(req, res, reject)
  })
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** Short enough to read aloud, no letter that is mistaken for another. */
function newReference(): string {
  return Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')
}
