import { type RequestHandler, Router } from 'express'
import { beginSignIn } from '../../people/begin-sign-in.ts'
import { rateLimitOf, rateLimits } from '../middleware/rate-limits.ts'
import { readLoginCookie, setLoginCookie } from './login-cookie.ts'
import { type ReceiveUses, receiveResponse } from './receive-response.ts'
import { returnPath } from './return-path.ts'
import { signOut } from './sign-out.ts'

/**
 * The four routes of signing in and out. Needs before it: session, `passport.session()`, `formBody({ large: ['/saml/acs'] })`
 * and `csrf({ exempt: ['/saml/acs'] })`. There is no GET on the response's address and no single logout: an unsigned
 * logout request by a mere link would sign people out (node-saml issue 419).
 */
export function signInRouter(uses: ReceiveUses): Router {
  const { baseUrl } = uses.config.service
  const router = Router()
  const limit = rateLimitOf(rateLimits.signIn)
  router.get('/sign-in', limit, startSignIn(uses))
  router.post('/saml/acs', limit, receiveResponse(uses))
  router.get('/saml/metadata', sendMetadata(uses))
  router.post('/sign-out', signOut(baseUrl))
  return router
}

/** GET /sign-in?to=/payments: to the identity provider, and afterwards to that page. */
function startSignIn(uses: ReceiveUses): RequestHandler {
  const { baseUrl } = uses.config.service
  return async (req, res) => {
    const { url, nonce } = await beginSignIn(uses, {
      returnTo: returnPath(req.query.to),
      nonce: readLoginCookie(req, baseUrl),
    })
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
