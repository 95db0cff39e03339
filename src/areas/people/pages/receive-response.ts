import { randomInt } from 'node:crypto'
import type { RequestHandler } from 'express'
import type passport from 'passport'
import { sha256Bytes } from '../../../base/digest.ts'
import type { IdentityProvider, SignInRequest, SignOn } from '../../../outside/ports/identity.ts'
import { fromWhere } from '../../../web/middleware/actor.ts'
import { type ProblemPage, problem } from '../../../web/problem.ts'
import { SIGN_IN_TIME } from '../begin-sign-in.ts'
import { type SignInUses, signIn } from '../sign-in.ts'
import { findSignInRequest, type SignInRow } from '../store.ts'
import { clearLoginCookie, readLoginCookie } from './login-cookie.ts'
import { startSession } from './start-session.ts'

export type ReceiveUses = SignInUses & {
  identityProvider: IdentityProvider
  passport: passport.Authenticator
  config: { service: { baseUrl: string; sessionSecrets: string[] } }
}

type Proof =
  | { ok: true; request: SignInRow; signOn: SignOn }
  | { ok: false; reason: string; request?: SignInRow | undefined }

/** Refusals that people can do something about, alone or with the identity provider's own help. */
const mendable: Record<string, { page: ProblemPage; missing: 'identity' | 'mfa' }> = {
  // It vouches for a person and does not say for whom.
  identifier: { page: 'sign-in-refused', missing: 'identity' },
  scope: { page: 'sign-in-refused', missing: 'identity' },
  'mfa-missing': { page: 'mfa-missing', missing: 'mfa' },
  'no-authn-context': { page: 'mfa-refused', missing: 'mfa' },
}

/**
 * POST /saml/acs: the identity provider's response, carried by the browser. A look at the envelope, the request that
 * this browser started, the library's proof and ours; then it counts once and the person is signed in under a new
 * session. A refusal shows a page with a reference, the same page for all that people cannot mend; the log line with that
 * reference says why.
 */
export function receiveResponse(uses: ReceiveUses): RequestHandler {
  const { log, config, identityProvider, clock } = uses
  return async (req, res, next) => {
    const refuse = async (reason: string, request?: SignInRow) => {
      const reference = newReference()
      log.warn(
        { event: 'sign-in.refused', reference, reason, ...(request && { idp: request.idp }) },
        'sign-in refused',
      )
      const known = request && Object.hasOwn(mendable, reason) ? mendable[reason] : undefined
      if (!request || !known) return next(problem('sign-in-refused', { reference }))
      const help = await identityProvider.helpUrl(request.idp, known.missing, clock.now())
      next(problem(known.page, { reference, back: request.returnTo, ...(help !== null && { help }) }))
    }

    const proof = await prove(uses, req, res)
    if (!proof.ok) return refuse(proof.reason, proof.request)
    const outcome = await signIn(uses, { ...proof, from: fromWhere(req) })
    if (outcome.kind === 'used-before') return refuse('used-before', proof.request)

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
  const nonce = readLoginCookie(req, config.service.baseUrl)
  const id = envelope.inResponseTo
  const asked = id && nonce && { id, nonceHash: sha256Bytes(nonce), now: clock.now() }
  const request = asked ? await findSignInRequest(db, asked) : undefined
  // A plain "no" carries no proof: it only chooses the page, for the browser that asked.
  if (!envelope.ok) return { ok: false, reason: envelope.reason, request }
  if (!nonce) return { ok: false, reason: 'no-cookie' }
  if (!request) return { ok: false, reason: 'no-such-request' }

  const startedAt = new Date(Date.parse(request.expiresAt) - SIGN_IN_TIME).toISOString()
  const signOn = await authenticate(uses, { ...request, startedAt }, req, res)
  return typeof signOn === 'string' ? { ok: false, reason: signOn, request } : { ok: true, request, signOn }
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
