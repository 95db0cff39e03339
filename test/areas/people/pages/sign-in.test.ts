import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceProvider } from '../../../../sandbox/idp/authn-request.ts'
import { attributeNames } from '../../../../sandbox/idp/people.ts'
import { type SandboxIdp, startSandboxIdp } from '../../../../sandbox/idp/sandbox-idp.ts'
import { auditAfter, auditHead } from '../../../../src/areas/audit/audit-store.ts'
import type { IdentityProvider } from '../../../../src/outside/ports/identity.ts'
import type { Patron } from '../../../../src/outside/ports/koha.ts'
import { createSaml } from '../../../../src/outside/saml/saml.ts'
import type { SamlSettings } from '../../../../src/outside/saml/settings.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { base64, createForger } from '../../../support/forger.ts'
import { about, memoryCache, samlSettings } from '../../../support/saml-world.ts'
import {
  type Browser,
  createBrowser,
  createSignInApp,
  demoMatch,
  patronOf,
  serve,
} from '../../../support/sign-in-app.ts'

const { eppn } = attributeNames

let database: TestDatabase
let idp: SandboxIdp
let site: { url: string; stop(): Promise<void> }
let other: { url: string; stop(): Promise<void> }
let identityProvider: IdentityProvider
let lines: string[]

/** What the tests change while the service runs. */
const world = {
  patrons: [patronOf(101, 'elsa')] as Patron[],
  kohaIsSilent: false,
  hoursAhead: 0,
  staff: [{ id: 'eva@demo.kvitt.example', roles: ['economy' as const], libraries: [] }],
}
const serviceProviders: ServiceProvider[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  idp = await startSandboxIdp({ port: 0, serviceProviders })
  const clock = { now: () => new Date(Date.now() + world.hoursAhead * 3600_000) }
  const application = (url: string, baseUrl: string) => {
    identityProvider = createSaml({
      settings: settingsFor(baseUrl),
      baseUrl,
      about,
      match: demoMatch,
      rolesFrom: [],
      clock: { now: () => new Date() },
      metadataCache: memoryCache(),
    })
    const made = createSignInApp({
      db: database.db,
      baseUrl,
      identityProvider,
      staff: world.staff,
      clock,
      findPatrons: async (key) => {
        if (world.kohaIsSilent) return { ok: false, trouble: { kind: 'timeout', message: 'no answer' } }
        const found = world.patrons.filter((patron) => key.by === 'userid' && patron.userId === key.value)
        return { ok: true, value: found }
      },
    })
    if (url === baseUrl) lines = made.lines
    return made.app
  }
  site = await serve((url) => application(url, url))
  // A second instance of the same service: another process would share no more than the database with the first.
  other = await serve((url) => application(url, site.url))
  serviceProviders.push({ entityId: `${site.url}/saml/metadata`, acsUrl: `${site.url}/saml/acs` })
})

afterAll(async () => {
  await Promise.all([site?.stop(), other?.stop(), idp?.stop()])
  await database?.drop()
})

function settingsFor(baseUrl: string): SamlSettings {
  return {
    ...samlSettings,
    entityId: `${baseUrl}/saml/metadata`,
    idp: { entityId: idp.entityId, signOnUrl: idp.signOnUrl, certificates: [idp.certificate] },
  }
}

/** From a page to the identity provider, a click on a person, and the form that comes back. */
async function goAndClick(browser: Browser, person: string, to = '/fees', mishap = 'none'): Promise<string> {
  const start = await browser.get(`/sign-in?to=${encodeURIComponent(to)}`)
  expect(start.status).toBe(303)
  const address = start.headers.get('location') ?? ''
  const query = new URL(address).search.slice(1)
  const home = await fetch(idp.signOnUrl, {
    method: 'POST',
    body: new URLSearchParams({ query, person, mishap }),
  })
  return /name="SAMLResponse" value="([^"]+)"/.exec(await home.text())?.[1] ?? ''
}

async function signInAs(person: string, to = '/fees') {
  const browser = createBrowser(site.url)
  const response = await browser.post('/saml/acs', { SAMLResponse: await goAndClick(browser, person, to) })
  return { browser, response }
}

const sessions = async () =>
  (await database.db.query<{ n: number }>('select count(*)::int n from session'))[0]?.n

describe('signing in', () => {
  it('leads Elsa from the page she wanted, past the identity provider, back to that page', async () => {
    const browser = createBrowser(site.url)
    const wanted = await browser.get('/fees?sort=date')
    expect(wanted.status).toBe(303)
    expect(wanted.headers.get('location')).toBe('/sign-in?to=%2Ffees%3Fsort%3Ddate')
    const samlResponse = await goAndClick(browser, 'elsa', '/fees?sort=date')
    const back = await browser.post('/saml/acs', {
      SAMLResponse: samlResponse,
      RelayState: 'https://evil.example',
    })
    expect(back.status).toBe(303)
    expect(back.headers.get('location')).toBe('/fees?sort=date')
    const page = await browser.get('/fees')
    expect(await page.json()).toMatchObject({ patron: 101, roles: ['borrower'] })
    expect([...browser.cookies.keys()]).toEqual(['kvitt'])
  })

  it('shows its list of people in both languages, and refuses services that it does not know', async () => {
    const start = await createBrowser(site.url).get('/sign-in')
    const address = start.headers.get('location') ?? ''
    expect(await (await fetch(address, { headers: { 'accept-language': 'sv' } })).text()).toContain(
      'Välj vem du vill vara',
    )
    expect(await (await fetch(`${address}&lang=en`)).text()).toContain('Choose who you want to be')
    const stranger = await fetch(`${idp.signOnUrl}?SAMLRequest=abc`)
    expect(stranger.status).toBe(400)
  })

  it.each(['wrong-key', 'tampered', 'unsigned', 'expired', 'other-audience'])(
    'refuses a response that is %s',
    async (mishap) => {
      const browser = createBrowser(site.url)
      const before = await sessions()
      const samlResponse = await goAndClick(browser, 'elsa', '/fees', mishap)
      const refused = await browser.post('/saml/acs', { SAMLResponse: samlResponse })
      expect(refused.status).toBe(403)
      const { page, details } = (await refused.json()) as { page: string; details: { reference: string } }
      expect(page).toBe('sign-in-refused')
      const line = lines
        .map((text) => JSON.parse(text))
        .find(({ reference }) => reference === details.reference)
      expect(line).toMatchObject({ level: 'warn', event: 'sign-in.refused' })
      expect(await sessions()).toBe(before)
    },
  )

  it('lets Frida in without a patron, and finds her once the desk has made her an account', async () => {
    const { browser } = await signInAs('frida')
    expect(await (await browser.get('/fees')).json()).toMatchObject({ page: 'no-patron' })
    world.patrons.push(patronOf(150, 'frida'))
    expect(await (await browser.get('/fees')).json()).toMatchObject({ patron: 150 })
    world.patrons.pop()
    expect(await (await browser.get('/fees')).json()).toMatchObject({ patron: 150 })
  })

  it('guesses nothing when two patrons answer to one name, and shows a page that says so', async () => {
    world.patrons.push(patronOf(160, 'omar'), patronOf(161, 'omar'))
    const { browser, response } = await signInAs('omar')
    expect(response.status).toBe(303)
    const refused = await browser.get('/fees')
    expect(refused.status).toBe(403)
    expect(await refused.json()).toEqual({ page: 'several-patrons', details: { count: 2 } })
    world.patrons.splice(-2)
  })

  it('signs in while Koha is silent, says so, and finds the patron when Koha speaks again', async () => {
    world.kohaIsSilent = true
    const { browser, response } = await signInAs('elsa')
    expect(response.status).toBe(303)
    const silent = await browser.get('/fees')
    expect(silent.status).toBe(503)
    expect(await silent.json()).toMatchObject({ page: 'koha-silent' })
    world.kohaIsSilent = false
    expect(await (await browser.get('/fees')).json()).toMatchObject({ patron: 101 })
  })
})

describe('a response counts once', () => {
  it('of twenty copies at once, at two instances, exactly one signs in (ASVS V6.8.3, V15.4.2)', async () => {
    const browser = createBrowser(site.url)
    const samlResponse = await goAndClick(browser, 'elsa')
    const cookie = `kvitt-login=${browser.cookies.get('kvitt-login')}`
    const copies = Array.from({ length: 20 }, (_, index) =>
      fetch(`${index % 2 ? site.url : other.url}/saml/acs`, {
        method: 'POST',
        body: new URLSearchParams({ SAMLResponse: samlResponse }),
        headers: { cookie },
        redirect: 'manual',
      }),
    )
    const statuses = (await Promise.all(copies)).map(({ status }) => status).sort()
    expect(statuses).toEqual([303, ...Array<number>(19).fill(403)])
  })

  it('and not again a moment later', async () => {
    const browser = createBrowser(site.url)
    const samlResponse = await goAndClick(browser, 'elsa')
    const cookie = { cookie: `kvitt-login=${browser.cookies.get('kvitt-login')}` }
    expect((await browser.post('/saml/acs', { SAMLResponse: samlResponse })).status).toBe(303)
    const again = await createBrowser(site.url).post('/saml/acs', { SAMLResponse: samlResponse }, cookie)
    expect(again.status).toBe(403)
  })

  it('though garbage that names the same request was posted before (ASVS V2.3.1)', async () => {
    const browser = createBrowser(site.url)
    const samlResponse = await goAndClick(browser, 'elsa')
    const garbled = Buffer.from(samlResponse, 'base64').toString().replace('elsa@', 'bengt@')
    expect((await browser.post('/saml/acs', { SAMLResponse: base64(garbled) })).status).toBe(403)
    expect((await createBrowser(site.url).post('/saml/acs', { SAMLResponse: base64(garbled) })).status).toBe(
      403,
    )
    expect((await browser.post('/saml/acs', { SAMLResponse: samlResponse })).status).toBe(303)
  })

  it('not for a second request that it never answered', async () => {
    const browser = createBrowser(site.url)
    const first = await goAndClick(browser, 'elsa')
    const id = await goAndClick(browser, 'elsa').then(requestOf)
    const turned = Buffer.from(first, 'base64').toString().replaceAll(requestOf(first), id)
    expect((await browser.post('/saml/acs', { SAMLResponse: base64(turned) })).status).toBe(403)
  })

  it('in each of two tabs that started from one browser, whichever comes first', async () => {
    const browser = createBrowser(site.url)
    const tabs = [await goAndClick(browser, 'elsa'), await goAndClick(browser, 'elsa')]
    const nonce = browser.cookies.get('kvitt-login') ?? ''
    for (const samlResponse of tabs.reverse()) {
      browser.cookies.set('kvitt-login', nonce)
      expect((await browser.post('/saml/acs', { SAMLResponse: samlResponse })).status).toBe(303)
    }
  })
})

describe('only the browser that asked', () => {
  it("does not sign a victim in with an attacker's own fresh response (ASVS V3.5.1, V7.6.2)", async () => {
    const attacker = createBrowser(site.url)
    const fresh = await goAndClick(attacker, 'bengt')
    const victim = createBrowser(site.url)
    expect((await victim.post('/saml/acs', { SAMLResponse: fresh })).status).toBe(403)
    await victim.get('/sign-in')
    expect((await victim.post('/saml/acs', { SAMLResponse: fresh })).status).toBe(403)
    expect(await (await victim.get('/')).json()).toEqual({ person: null })
  })

  it('takes no response that nobody asked for', async () => {
    const forge = createForger({
      idp: idp.entityId,
      serviceProvider: `${site.url}/saml/metadata`,
      acsUrl: `${site.url}/saml/acs`,
      signer: idp,
      attributes: [[eppn, 'elsa@demo.kvitt.example']],
    })
    const browser = createBrowser(site.url)
    await browser.get('/sign-in')
    const xml = forge('_never-asked-for-this')
    expect((await browser.post('/saml/acs', { SAMLResponse: base64(xml) })).status).toBe(403)
  })

  it('gives a new session at sign-in; the one planted before stays nobody (ASVS V7.2.4)', async () => {
    const { browser } = await signInAs('elsa')
    const planted = browser.cookies.get('kvitt') ?? ''
    await browser.post('/saml/acs', { SAMLResponse: await goAndClick(browser, 'elsa') })
    expect(browser.cookies.get('kvitt')).not.toBe(planted)
    const old = await createBrowser(site.url).get('/fees', { cookie: `kvitt=${planted}` })
    expect(old.status).toBe(303)
  })
})

describe('where to go after sign-in (ASVS V1.2.2, V3.7.2)', () => {
  it.each([
    ['/payments/12?x=1', '/payments/12?x=1'],
    ['https://evil.example', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/.//evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/ok\r\nSet-Cookie: a=b', '/'],
    ['/%0d%0aSet-Cookie:a=b', '/%0d%0aSet-Cookie:a=b'],
    [`/${'a'.repeat(5000)}`, '/'],
    ['/sign-in?to=/sign-in', '/'],
    ['/saml/acs', '/'],
  ])('%j leads to %j', async (wanted, reached) => {
    const { response } = await signInAs('elsa', wanted)
    expect(response.headers.get('location')).toBe(reached)
  })
})

describe('the address for responses', () => {
  it('does not answer GET, so no link can sign anybody out (ASVS V3.5.3)', async () => {
    const { browser } = await signInAs('elsa')
    const xml = `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_logout" Version="2.0"/>`
    const logout = encodeURIComponent(deflateRawSync(xml).toString('base64'))
    for (const path of ['/saml/acs', '/sign-in', '/saml/metadata', '/sign-out', '/saml/logout']) {
      for (const name of ['SAMLRequest', 'SAMLResponse']) await browser.get(`${path}?${name}=${logout}`)
    }
    expect((await browser.get(`/saml/acs?SAMLResponse=${logout}`)).status).toBe(404)
    expect(await (await browser.get('/')).json()).toEqual({ person: 'elsa@demo.kvitt.example' })
  })

  it('reads the body and never the query string', async () => {
    const browser = createBrowser(site.url)
    const samlResponse = await goAndClick(browser, 'elsa')
    const xml = '<samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>'
    const logout = encodeURIComponent(deflateRawSync(xml).toString('base64'))
    const posted = await browser.post(`/saml/acs?SAMLResponse=${logout}`, { SAMLResponse: samlResponse })
    expect(posted.status).toBe(303)
  })

  it.each([
    ['nothing', {}],
    ['a logout request', { SAMLRequest: 'PGE+' }],
    ['an empty response', { SAMLResponse: '' }],
  ])('refuses %s', async (_what, form) => {
    expect((await createBrowser(site.url).post('/saml/acs', form)).status).toBe(403)
  })

  it('refuses two responses in one form, and a body above 256 kB', async () => {
    const browser = createBrowser(site.url)
    const samlResponse = await goAndClick(browser, 'elsa')
    const twice = new URLSearchParams([
      ['SAMLResponse', samlResponse],
      ['SAMLResponse', samlResponse],
    ])
    const headers = { cookie: `kvitt-login=${browser.cookies.get('kvitt-login')}` }
    expect((await fetch(`${site.url}/saml/acs`, { method: 'POST', body: twice, headers })).status).toBe(403)
    expect((await browser.post('/saml/acs', { SAMLResponse: 'A'.repeat(300_000) })).status).toBe(413)
  })
})

describe('the session', () => {
  it('ends after eight hours, however busy the person is (ASVS V7.3.2)', async () => {
    const { browser } = await signInAs('elsa')
    world.hoursAhead = 7.9
    expect((await browser.get('/fees')).status).toBe(200)
    world.hoursAhead = 8.1
    expect((await browser.get('/fees')).status).toBe(303)
    world.hoursAhead = 0
  })

  it('gives roles as the configuration says now (ASVS V8.3.2)', async () => {
    const { browser } = await signInAs('eva', '/economy')
    expect((await browser.get('/economy')).status).toBe(200)
    const eva = world.staff.pop()
    expect((await browser.get('/economy')).status).toBe(403)
    if (eva) world.staff.push(eva)
    const elsa = await signInAs('elsa')
    expect(await (await elsa.browser.get('/economy')).json()).toMatchObject({ page: 'forbidden' })
  })

  it('of somebody who works here is told in the audit trail, that of a borrower is not (ASVS V16.3.1)', async () => {
    const before = (await auditHead(database.db))?.id ?? 0
    await signInAs('elsa')
    await signInAs('eva', '/economy')
    const told = await auditAfter(database.db, before, 10)
    expect(told).toMatchObject([
      {
        who: 'eva@demo.kvitt.example',
        role: 'economy',
        act: 'signed-in',
        address: expect.stringContaining('127.0.0.1'),
        request: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    ])
  })

  it('ends by the button: token asked for, row gone, browser told to forget (ASVS V7.4.1, V14.3.1)', async () => {
    const { browser } = await signInAs('elsa')
    const { csrf } = (await (await browser.get('/fees')).json()) as { csrf: string }
    expect((await browser.post('/sign-out', {})).status).toBe(403)
    expect((await browser.get('/fees')).status).toBe(200)
    const cookie = { cookie: `kvitt=${browser.cookies.get('kvitt')}` }
    const before = await sessions()
    const out = await browser.post('/sign-out', { _csrf: csrf })
    expect(out.status).toBe(303)
    expect(out.headers.get('clear-site-data')).toBe('"cache", "storage"')
    expect(await sessions()).toBe((before ?? 0) - 1)
    expect((await createBrowser(site.url).get('/fees', cookie)).status).toBe(303)
  })

  it('remembers the names of browser and system, and nothing else of what was sent along', async () => {
    const browser = createBrowser(site.url)
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0 SomeRarePlugin/7'
    await browser.post(
      '/saml/acs',
      { SAMLResponse: await goAndClick(browser, 'elsa') },
      { 'user-agent': agent },
    )
    const rows = await database.db.query<{ user: object }>(
      `select sess #> '{passport,user}' as "user" from session`,
    )
    expect(rows.map(({ user }) => user)).toContainEqual(
      expect.objectContaining({ device: { browser: 'Firefox', system: 'Linux' } }),
    )
    // Not the bare number: a time or a digest may hold it too.
    expect(JSON.stringify(rows)).not.toMatch(/145\.0|Firefox.145|Gecko|SomeRarePlugin|127\.0\.0\.1"/)
  })

  it('does not exist for those who only look', async () => {
    const browser = createBrowser(site.url)
    await browser.get('/')
    expect(browser.cookies.size).toBe(0)
  })

  it('asks a form that comes without one to sign in', async () => {
    const { browser } = await signInAs('elsa')
    const { csrf } = (await (await browser.get('/fees')).json()) as { csrf: string }
    expect((await browser.post('/payments', { _csrf: csrf })).status).toBe(200)
    expect((await createBrowser(site.url).post('/payments', { _csrf: csrf })).status).toBe(403)
  })
})

describe('metadata and log', () => {
  it('tells where to post, and offers no logout service', async () => {
    const response = await createBrowser(site.url).get('/saml/metadata')
    expect(response.headers.get('content-type')).toContain('application/samlmetadata+xml')
    const xml = await response.text()
    expect(xml).toContain(`Location="${site.url}/saml/acs"`)
    expect(xml).toContain('WantAssertionsSigned="true"')
    expect(xml).not.toContain('SingleLogoutService')
  })

  it('tells of each sign-in by which way and how strong, of each refused one why (ASVS V16.3.1)', () => {
    const all = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(all.find(({ event }) => event === 'person.signed-in')).toMatchObject({
      method: 'saml',
      mfa: false,
    })
    expect(all.find(({ event }) => event === 'sign-in.refused')).toMatchObject({ reason: expect.any(String) })
  })

  it('logs no name, no address and no query string (ASVS V16.2.5)', () => {
    const all = lines.join('')
    expect(all).toContain('signed in')
    expect(all).not.toMatch(/demo\.kvitt\.example|Lindqvist|SAMLResponse|\?/)
  })
})

function requestOf(samlResponse: string): string {
  const xml = Buffer.from(samlResponse, 'base64').toString()
  return / InResponseTo="([^"]+)"/.exec(xml)?.[1] ?? ''
}
