import express, { type Express } from 'express'
import type { Area } from '../area.ts'
import { createPassport } from '../areas/people/pages/passport.ts'
import { errorPages } from '../web/error-pages.ts'
import { languageRoute } from '../web/language.ts'
import { csrf } from '../web/middleware/csrf.ts'
import { formBody } from '../web/middleware/form-body.ts'
import { noStore } from '../web/middleware/no-store.ts'
import { rateLimitOf } from '../web/middleware/rate-limits.ts'
import { recentSignInGate } from '../web/middleware/recent-sign-in.ts'
import { requestTrail } from '../web/middleware/request-trail.ts'
import { rolesGate } from '../web/middleware/require.ts'
import { securityHeaders } from '../web/middleware/security-headers.ts'
import { session } from '../web/middleware/session.ts'
import { createGate } from '../web/place.ts'
import { installPages } from '../web/render.ts'
import { pageTextsOf } from './page-texts.ts'
import { placesOf } from './places.ts'
import type { Wired } from './wiring.ts'

/** Changes nothing but the language, also for visitors who have no session to keep a token in. */
const HARMLESS_POSTS = ['/language']

/** Returns the web, one line per step, in the order in which a request meets it; then the pages of the areas. */
export function createApp({
  context,
  metrics,
  identityProvider,
  areas,
  stopping,
}: Wired & { areas: readonly Area[]; stopping: () => boolean }): Express {
  const { config, db, log, clock, providers } = context
  const { service } = config
  const passport = createPassport({ people: config.people, clock })
  const formTargets = [
    ...providers.all.flatMap(({ checkoutOrigins }) => checkoutOrigins),
    ...identityProvider.origins,
  ]
  const pages = areas.flatMap((area) => area.pages ?? [])
  const places = placesOf(areas)
  const signedPosts = pages.flatMap((page) => page.signedPosts ?? [])
  const gate = createGate(places)
  const tools = { context, metrics, identityProvider, passport, gate, areas, stopping }
  const routers = (early: boolean) =>
    pages.filter(({ beforeSessions = false }) => beforeSessions === early).map(({ router }) => router(tools))

  const app = express()
  app.disable('x-powered-by').disable('etag').set('trust proxy', service.trustProxy)
  app.use(requestTrail({ log }))
  app.use(securityHeaders({ baseUrl: service.baseUrl, formTargets }))
  app.use(installPages(app, { config, places, texts: pageTextsOf(areas) }))
  app.use(routers(true))
  app.use(rateLimitOf(service.requestsPerMinute))
  app.use(noStore)
  app.use(session({ service, db, log }))
  app.use(passport.session())
  app.use(formBody({ large: signedPosts }))
  app.use(csrf({ baseUrl: service.baseUrl, exempt: [...signedPosts, ...HARMLESS_POSTS] }))
  app.use(rolesGate(gate))
  app.use(recentSignInGate({ clock, baseUrl: service.baseUrl, gate }))
  app.use(languageRoute(service))
  app.use(routers(false))
  app.use(errorPages({ log }))
  return app
}
