import { type RequestHandler, Router } from 'express'
import { sharedRateLimit } from '../../../web/middleware/rate-limits.ts'
import type { Gate } from '../../../web/place.ts'
import { problem } from '../../../web/problem.ts'
import { returnPath } from '../../../web/return-path.ts'
import { beginSignIn } from '../begin-sign-in.ts'
import { wantsMfa } from '../mfa.ts'
import { type CardPageUses, cardRouter } from './card.ts'
import { chosenIdp, showChoices } from './choose-idp.ts'
import { readLoginCookie, setLoginCookie } from './login-cookie.ts'
import { type ReceiveUses, receiveResponse } from './receive-response.ts'
import { signOut } from './sign-out.ts'

type SignInUses = ReceiveUses & CardPageUses & { gate: Pick<Gate, 'placeOf'> }

/**
 * Returns the routes of signing in and out. Needs before it: session, `passport.session()`, `formBody({ large:
 * ['/saml/acs'] })` and `csrf({ exempt: ['/saml/acs'] })`. There is no GET on the response's address and no single
 * logout: an unsigned logout request by a mere link would sign people out (node-saml issue 419).
 */
export function signInRouter(uses: SignInUses): Router {
  const { baseUrl } = uses.config.service
  const router = Router()
  const limit = sharedRateLimit(uses, 'sign-in')
  router.get('/sign-in', limit, startSignIn(uses))
  router.post('/saml/acs', limit, receiveResponse(uses))
  router.get('/saml/metadata', sendMetadata(uses))
  router.post('/sign-out', signOut(baseUrl))
  router.use(cardRouter(uses, limit))
  return router
}

/**
 * GET /sign-in?to=/payments: to the identity provider, and afterwards to that page. With several of them people choose
 * first (`idp`). `fresh` asks for a new proof, whatever the identity provider remembers; `mfa` for one by more than one
 * factor, as do pages that nobody may see without.
 */
function startSignIn(uses: SignInUses): RequestHandler {
  const { identityProvider, config, log, gate } = uses
  const { baseUrl } = config.service
  return async (req, res, next) => {
    const idp = chosenIdp(identityProvider.choices, req.query.idp)
    if (idp === undefined)
      return showChoices(req, res, identityProvider.choices, config.people.kohaPassword.enabled)
    const { mfa } = config.people
    const returnTo = returnPath(req.query.to)
    const begun = await beginSignIn(uses, {
      idp,
      returnTo,
      fresh: req.query.fresh !== undefined,
      // Who signed in with more than a password and proves it anew shall not come back with less.
      mfa:
        wantsMfa(gate.placeOf(returnTo.split('?')[0] ?? '')?.visitors, mfa) ||
        (mfa.enabled && (req.query.mfa !== undefined || req.user?.mfa === true)),
      nonce: readLoginCookie(req, baseUrl),
    })
    if (!begun.ok) {
      log.warn(
        { event: 'identity-provider.not-asked', idp, trouble: begun.trouble },
        'could not send a visitor to an identity provider',
      )
      return next(problem('sign-in-silent'))
    }
    const { url, nonce } = begun.value
    setLoginCookie(res, baseUrl, nonce)
    res.setHeader('Cache-Control', 'no-store')
    res.redirect(303, url)
  }
}

function sendMetadata({ identityProvider }: ReceiveUses): RequestHandler {
  return (_req, res) => {
    res.type('application/samlmetadata+xml').send(identityProvider.metadata())
  }
}
