import express, { type Express } from 'express'
import { auditRouter } from '../areas/audit/pages/routes.ts'
import { publicPages } from '../areas/borrower/pages/public.ts'
import { borrowerRouter } from '../areas/borrower/pages/routes.ts'
import { deskRouter } from '../areas/desk/pages/routes.ts'
import { economyRouter } from '../areas/economy-office/pages/routes.ts'
import { healthRouter } from '../areas/operations/pages/health.ts'
import { operationsRouter } from '../areas/operations/pages/routes.ts'
import { createPassport } from '../areas/people/pages/person.ts'
import { signInRouter } from '../areas/people/pages/routes.ts'
import { sessionsRouter } from '../areas/people/pages/sessions.ts'
import { errorPages } from '../web/error-pages.ts'
import { csrf } from '../web/middleware/csrf.ts'
import { formBody } from '../web/middleware/form-body.ts'
import { noStore } from '../web/middleware/no-store.ts'
import { rateLimitOf } from '../web/middleware/rate-limits.ts'
import { recentSignInGate } from '../web/middleware/recent-sign-in.ts'
import { requestTrail } from '../web/middleware/request-trail.ts'
import { rolesGate } from '../web/middleware/require.ts'
import { securityHeaders } from '../web/middleware/security-headers.ts'
import { session } from '../web/middleware/session.ts'
import { installPages } from '../web/render.ts'
import type { Wired } from './wiring.ts'

/** Posted to by the identity provider's page: proves its sender by a signature instead of a token. */
const SIGNED_POSTS = ['/saml/acs']
/** Changes nothing but the language, also for visitors who have no session to keep a token in. */
const HARMLESS_POSTS = ['/language']

/** The web, one line per step, in the order in which a request meets it. Webhooks have a door of their own in front. */
export function createApp({
  context,
  metrics,
  identityProvider,
  stopping,
}: Wired & { stopping: () => boolean }): Express {
  const { config, db, log, clock, providers } = context
  const { service } = config
  const passport = createPassport({ people: config.people, clock })
  const formTargets = [
    ...providers.all.flatMap(({ checkoutOrigins }) => checkoutOrigins),
    ...identityProvider.origins,
  ]

  const app = express()
  app.disable('x-powered-by').disable('etag').set('trust proxy', service.trustProxy)
  app.use(requestTrail({ log }))
  app.use(securityHeaders({ baseUrl: service.baseUrl, formTargets }))
  app.use(installPages(app, config))
  app.use(healthRouter({ db, clock, config, log, metrics, stopping }))
  app.use(rateLimitOf(service.requestsPerMinute))
  app.use(noStore)
  app.use(session({ service, pool: db.pool, log }))
  app.use(passport.session())
  app.use(formBody({ large: SIGNED_POSTS }))
  app.use(csrf({ baseUrl: service.baseUrl, exempt: [...SIGNED_POSTS, ...HARMLESS_POSTS] }))
  app.use(rolesGate())
  app.use(recentSignInGate({ clock, baseUrl: service.baseUrl }))
  app.use(signInRouter({ ...context, passport, identityProvider }))
  app.use(publicPages(context))
  app.use(borrowerRouter(context))
  app.use(sessionsRouter(context))
  app.use(deskRouter(context))
  app.use(economyRouter(context))
  app.use(operationsRouter({ ...context, metrics }))
  app.use(auditRouter(context))
  app.use(errorPages({ log }))
  return app
}
