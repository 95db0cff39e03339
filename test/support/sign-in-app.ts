import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { attributeNames } from '../../sandbox/idp/people.ts'
import { requirePatron } from '../../src/areas/borrower/pages/require-patron.ts'
import type { MatchRule } from '../../src/areas/people/match-rule.ts'
import type { MfaSettings } from '../../src/areas/people/mfa.ts'
import { createPassport } from '../../src/areas/people/pages/passport.ts'
import { signInRouter } from '../../src/areas/people/pages/routes.ts'
import type { AttributeGrant, StaffGrant } from '../../src/areas/people/roles.ts'
import { areas } from '../../src/areas.ts'
import type { Answer } from '../../src/base/answer.ts'
import { createLog } from '../../src/base/log.ts'
import type { Database } from '../../src/database/database.ts'
import type { IdentityProvider } from '../../src/outside/ports/identity.ts'
import type { Koha, Patron, PatronKey } from '../../src/outside/ports/koha.ts'
import { placesOf } from '../../src/service/places.ts'
import { csrf } from '../../src/web/middleware/csrf.ts'
import { formBody } from '../../src/web/middleware/form-body.ts'
import { requestTrail } from '../../src/web/middleware/request-trail.ts'
import { requireRole, rolesGate } from '../../src/web/middleware/require.ts'
import { session } from '../../src/web/middleware/session.ts'
import { createGate } from '../../src/web/place.ts'
import { problemFrom } from '../../src/web/problem.ts'
import type { Clock } from '../../src/work/context.ts'

const { eppn, mail } = attributeNames

export const demoMatch: MatchRule[] = [
  { by: 'userid', from: eppn, withoutScope: true },
  { by: 'attribute', type: 'EPPN', from: eppn, withoutScope: false },
  { by: 'email', from: mail, withoutScope: false },
]

export interface AppSetting {
  db: Database
  baseUrl: string
  identityProvider: IdentityProvider
  findPatrons(key: PatronKey): Promise<Answer<Patron[]>>
  staff?: StaffGrant[]
  rolesFrom?: AttributeGrant[]
  mfa?: MfaSettings
  clock?: Clock
  trustProxy?: number
}

/** The middle of the pipeline, in its order, with two pages behind it and problems as JSON. Log lines are kept. */
export function createSignInApp(setting: AppSetting): { app: Express; lines: string[] } {
  const { db, baseUrl, identityProvider } = setting
  const clock = setting.clock ?? { now: () => new Date() }
  const lines: string[] = []
  const log = createLog('info', { write: (line: string) => lines.push(line) })
  const sources = {
    staff: setting.staff ?? [],
    rolesFrom: setting.rolesFrom ?? [],
    mfa: setting.mfa ?? noMfa,
  }
  const service = { baseUrl, sessionSecrets: ['a secret of at least thirty-two letters'], sessionMinutes: 30 }
  const gate = createGate(placesOf(areas))
  const uses = {
    db,
    gate,
    clock,
    log,
    identityProvider,
    koha: { findPatrons: setting.findPatrons, ...noPasswords },
    config: { people: { match: demoMatch, ...sources, kohaPassword: { enabled: false } }, service },
    passport: createPassport({ people: sources, clock }),
  }

  const app = express()
  app.set('trust proxy', setting.trustProxy ?? 0)
  app.use(requestTrail({ log }))
  app.use(session({ service, db, log }))
  app.use(uses.passport.session())
  app.use(formBody({ large: ['/saml/acs'] }))
  app.use(csrf({ baseUrl, exempt: ['/saml/acs'] }))
  app.use(rolesGate(gate))
  app.use(signInRouter(uses))
  app.get('/', (req, res) => {
    res.json({ person: req.user?.identity.id ?? null })
  })
  app.get('/fees', requirePatron(uses), (req, res) => {
    res.json({ patron: req.user?.patronId, roles: req.user?.roles, csrf: res.locals.csrfToken() })
  })
  app.get('/economy', requireRole('economy'), (req, res) => {
    res.json({ person: req.user?.identity.id })
  })
  app.post('/payments', (_req, res) => {
    res.json({ paid: true })
  })
  app.use((fault: unknown, _req: Request, res: Response, _next: NextFunction) => {
    const { status, page, details } = problemFrom(fault)
    res.status(status).json({ page, details })
  })
  return { app, lines }
}

const noMfa: MfaSettings = { enabled: false, roles: [], everybody: false }

const noPasswords: Pick<Koha, 'validatePassword' | 'patron'> = {
  validatePassword: async () => ({ ok: true, value: undefined }),
  patron: async () => ({ ok: true, value: undefined }),
}

/** Listens on a free port of loopback; the address is known before the application is made. */
export async function serve(make: (url: string) => Express): Promise<{ url: string; stop(): Promise<void> }> {
  let app: Express | undefined
  const server = createServer((req, res) => app?.(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  app = make(url)
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A browser as far as sign-in needs one: keeps cookies, follows nothing by itself. */
export function createBrowser(url: string) {
  const cookies = new Map<string, string>()
  const send = async (path: string, init: RequestInit = {}): Promise<globalThis.Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(cookie ? { cookie } : {}), ...init.headers }
    const response = await fetch(new URL(path, url), { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  return {
    cookies,
    get: (path: string, headers: Record<string, string> = {}) => send(path, { headers }),
    post: (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
      send(path, { method: 'POST', body: new URLSearchParams(form), headers }),
  }
}

export type Browser = ReturnType<typeof createBrowser>

/** A patron as Koha answers it. */
export function patronOf(id: number, userId: string, changes: Partial<Patron> = {}): Patron {
  return {
    id,
    cardNumber: `2140${id}`,
    userId,
    firstName: null,
    surname: null,
    email: null,
    language: null,
    libraryId: 'HUM',
    categoryId: 'STUD',
    restricted: false,
    expiresOn: null,
    ...changes,
  }
}
