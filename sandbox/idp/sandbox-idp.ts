import type { AddressInfo } from 'node:net'
import express, { type Request } from 'express'
import { readAuthnRequest, type ServiceProvider } from './authn-request.ts'
import { escaped } from './markup.ts'
import { carryHomePage, peoplePage, wrongPage } from './pages.ts'
import { demoPeople, type IdpPerson, released } from './people.ts'
import { type Mishap, makeRefusal, makeResponse, mishaps, oneStep } from './response.ts'
import { type KeyAndCertificate, makeKeyAndCertificate } from './self-signed.ts'
import { style } from './style.ts'
import type { Language } from './texts.ts'

export interface SandboxIdpOptions {
  /** 0 takes a free one. */
  port: number
  /** Default: its own metadata address. */
  entityId?: string
  people?: IdpPerson[]
  /** Who may be answered. Read at every request: a service may be added after the start. */
  serviceProviders: ServiceProvider[]
  now?: () => Date
}

/** What can be switched while it runs. */
export interface IdpWorld {
  /** Done wrong with every response; what the page asks for comes first. */
  mishap: Mishap
  /** Everything is answered with 503. */
  closed: boolean
}

export interface SandboxIdp {
  url: string
  entityId: string
  /** For `saml.idp.signOnUrl`. */
  signOnUrl: string
  /** PEM, for `saml.idp.certificates`. Made at the start, gone at the end. */
  certificate: string
  /** PEM; for tests that forge. */
  privateKey: string
  world: IdpWorld
  stop(): Promise<void>
}

/**
 * An identity provider on loopback: real signatures, and a list of people in place of passwords. Takes requests by
 * redirect, answers by post, remembers nothing.
 */
export async function startSandboxIdp(options: SandboxIdpOptions): Promise<SandboxIdp> {
  const own = makeKeyAndCertificate('Kvitt sandbox identity provider')
  const app = express()
  const server = app.listen(options.port, '127.0.0.1')
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const entityId = options.entityId ?? `${url}/metadata`

  const world: IdpWorld = { mishap: 'none', closed: false }
  addRoutes(app, { ...options, url, entityId, own, world })
  return {
    url,
    entityId,
    signOnUrl: `${url}/sign-on`,
    ...own,
    world,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Setting = SandboxIdpOptions & { url: string; entityId: string; own: KeyAndCertificate; world: IdpWorld }

function addRoutes(app: express.Express, setting: Setting): void {
  const people = setting.people ?? demoPeople
  // Made when somebody first asks for it: a key takes its time.
  let stranger: KeyAndCertificate | undefined

  app.disable('x-powered-by')
  app.use(express.urlencoded({ extended: false, limit: '64kb' }))
  app.use((_req, res, next) => {
    if (setting.world.closed) res.status(503).type('text/plain').send('Closed for maintenance.')
    else next()
  })
  app.get('/', (_req, res) => res.redirect(303, '/metadata'))
  app.get('/metadata', (_req, res) => {
    res.type('application/samlmetadata+xml').send(metadata(setting))
  })
  app.get('/idp.css', (_req, res) => {
    res.type('css').send(style)
  })

  app.get('/sign-on', (req, res) => {
    const query = req.originalUrl.split('?')[1] ?? ''
    const reading = readAuthnRequest(query, setting.serviceProviders)
    const language = languageOf(req, new URLSearchParams(query).get('lang'))
    if (reading.ok) res.send(peoplePage(people, { query, twoSteps: reading.contexts.length > 0 }, language))
    else res.status(400).send(wrongPage(reading.reason, language))
  })

  app.post('/sign-on', (req, res) => {
    const form = req.body as Record<string, string | undefined>
    const language = languageOf(req, form.lang)
    const reading = readAuthnRequest(form.query ?? '', setting.serviceProviders)
    if (!reading.ok) {
      res.status(400).send(wrongPage(reading.reason, language))
      return
    }
    const person = people.find(({ id }) => id === form.person)
    const chosen = mishaps.find((known) => known === form.mishap) ?? 'none'
    const mishap = chosen === 'none' ? setting.world.mishap : chosen
    const [asked] = mishap === 'one-step' ? [] : reading.contexts
    const facts = {
      idp: setting.entityId,
      serviceProvider: reading.serviceProvider.entityId,
      acsUrl: reading.serviceProvider.acsUrl,
      inResponseTo: reading.id,
      attributes: person?.attributes ?? released(form.eppn ?? '', form.displayName ?? '', form.mail ?? ''),
      context: asked ?? oneStep,
      now: setting.now?.() ?? new Date(),
    }
    if (mishap === 'wrong-key') stranger ??= makeKeyAndCertificate('A stranger')
    const samlResponse =
      asked && person?.oneStepOnly
        ? makeRefusal(facts, setting.own)
        : makeResponse(facts, mishap, setting.own, stranger ?? setting.own)
    const relayState = new URLSearchParams(form.query).get('RelayState')
    res.send(carryHomePage({ acsUrl: facts.acsUrl, samlResponse, relayState }, language))
  })
}

function languageOf(req: Request, wanted: string | null | undefined): Language {
  if (wanted === 'sv' || wanted === 'en') return wanted
  return req.acceptsLanguages('sv', 'en') === 'en' ? 'en' : 'sv'
}

function metadata({ entityId, url, own }: Setting): string {
  const certificate = own.certificate.replace(/-----[^-]+-----|\s/g, '')
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escaped(entityId)}">`,
    '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" WantAuthnRequestsSigned="false">',
    '<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>',
    `<X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`,
    '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"',
    ` Location="${escaped(url)}/sign-on"/></IDPSSODescriptor></EntityDescriptor>`,
  ].join('')
}
