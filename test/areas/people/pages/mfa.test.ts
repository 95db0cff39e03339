import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceProvider } from '../../../../sandbox/idp/authn-request.ts'
import { type SandboxIdp, startSandboxIdp } from '../../../../sandbox/idp/sandbox-idp.ts'
import { type Browser, createBrowser, type Page } from '../../../../sandbox/visitor/browser.ts'
import { formTo } from '../../../../sandbox/visitor/person.ts'
import { auditAfter, auditHead } from '../../../../src/areas/audit/audit-store.ts'
import { type Kvitt, openKvitt } from '../../../support/open-kvitt.ts'

/** Staff sign in with two steps: Didrik has them, Mats has a password and nothing more. */
let kvitt: Kvitt
let idp: SandboxIdp
const serviceProviders: ServiceProvider[] = []

beforeAll(async () => {
  idp = await startSandboxIdp({ port: 0, serviceProviders })
  kvitt = await openKvitt((settings) => ({
    ...settings,
    people: { ...settings.people, mfa: { enabled: true } },
    saml: {
      entityId: settings.saml.entityId,
      idp: {
        entityId: idp.entityId,
        signOnUrl: idp.signOnUrl,
        certificates: [idp.certificate],
        errorUrl: 'https://help.example.se/?code=ERRORURL_CODE&ctx=ERRORURL_CTX',
      },
      scopes: settings.saml.scopes,
    },
  }))
  const { entityId } = kvitt.town.context.config.saml
  serviceProviders.push({ entityId, acsUrl: `${kvitt.url}/saml/acs` })
})
afterEach(() => {
  idp.world.mishap = 'none'
  kvitt.town.context.config.people.mfa.everybody = false
})
afterAll(async () => {
  await kvitt?.stop()
  await idp?.stop()
})

const inEnglish = () => createBrowser(() => ({ 'accept-language': 'en' }))

/** From a page of ours that sends people to sign in, to where the sign-in leads. */
async function clickThere(browser: Browser, people: Page, person: string): Promise<Page> {
  const carry = await browser.send(people, formTo(people, /\/sign-on$/), { person })
  return browser.send(carry, formTo(carry, /\/saml\/acs$/))
}
async function goTo(browser: Browser, path: string, person: string): Promise<Page> {
  return clickThere(browser, await browser.open(`${kvitt.url}${path}`), person)
}
const linkIn = (page: Page, words: string) =>
  new RegExp(`<a[^>]*href="([^"]+)"[^>]*>${words}`).exec(page.text)?.[1]?.replaceAll('&amp;', '&')

describe('staff who sign in with two steps (ASVS V6.3.3)', () => {
  it('are asked for both on the way to a page of theirs, and come in', async () => {
    const browser = inEnglish()
    const people = await browser.open(`${kvitt.url}/operations`)
    expect(people.text).toContain('asks for a sign-in with two steps')
    const home = await clickThere(browser, people, 'didrik')
    expect([home.status, new URL(home.url).pathname]).toEqual([200, '/operations'])
    expect(home.text).not.toContain('Your roles at work count once')
  })

  it('are borrowers after one, are told so on the page, and step up by its link', async () => {
    const browser = inEnglish()
    const people = await browser.open(`${kvitt.url}/payments`)
    expect(people.text).not.toContain('two steps')
    const home = await clickThere(browser, people, 'didrik')
    expect(home.text).toContain('Your roles at work count once you have signed in with two steps')
    expect(home.text).not.toContain('href="/operations"')

    const refused = await browser.open(`${kvitt.url}/operations`)
    expect([refused.status, refused.text.includes('it only counts when')]).toEqual([403, true])
    const button = linkIn(refused, 'Sign in with two steps')
    expect(button).toBe('/sign-in?mfa=1&to=%2Foperations')
    const again = await goTo(browser, button ?? '', 'didrik')
    expect([again.status, new URL(again.url).pathname]).toEqual([200, '/operations'])
  })

  it('can do nothing by a form either, and are led to the place of the form', async () => {
    const browser = inEnglish()
    const home = await goTo(browser, '/payments', 'eva')
    const _csrf = formTo(home, /\/sign-out$/).fields.find(([name]) => name === '_csrf')?.[1] ?? ''
    const posted = await fetch(`${kvitt.url}/economy/batches`, {
      method: 'POST',
      body: new URLSearchParams({ _csrf }),
      headers: { cookie: browser.cookies(kvitt.url), accept: 'text/html' },
    })
    expect(posted.status).toBe(403)
    expect(await posted.text()).toContain('/sign-in?mfa=1&amp;to=%2Feconomy')
  })

  it('are told apart from those who have no role: these are only forbidden', async () => {
    const browser = inEnglish()
    await goTo(browser, '/payments', 'elsa')
    const refused = await browser.open(`${kvitt.url}/operations`)
    expect([refused.status, refused.text.includes('You may not see this page')]).toEqual([403, true])
    expect(refused.text).not.toContain('mfa=1')
  })

  it('who have no second step hear it from the university, with help, and stay borrowers', async () => {
    const browser = inEnglish()
    const refused = await goTo(browser, '/operations', 'mats')
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('Your university could not sign you in with two steps')
    expect(linkIn(refused, 'Sign in with two steps')).toBe('/sign-in?mfa=1&to=%2Foperations')
    expect(linkIn(refused, 'Help from')).toBe(
      'https://help.example.se/?code=AUTHENTICATION_FAILURE&ctx=https%3A%2F%2Frefeds.org%2Fprofile%2Fmfa',
    )
    const home = await goTo(browser, '/payments', 'mats')
    expect(home.text).toContain('Your roles at work count once')
    expect((await browser.open(`${kvitt.url}/operations`)).status).toBe(403)
  })

  it('are not let in by an identity provider that overlooks what it was asked (ASVS V6.8.4)', async () => {
    const browser = inEnglish()
    await goTo(browser, '/payments', 'didrik')
    idp.world.mishap = 'one-step'
    const refused = await goTo(browser, '/sign-in?mfa=1&to=/operations', 'didrik')
    expect([refused.status, refused.text.includes('You signed in with one step only')]).toEqual([403, true])
    expect(kvitt.town.logged.filter(({ event }) => event === 'sign-in.refused').at(-1)).toMatchObject({
      reason: 'mfa-missing',
    })
    // What they were before, they are still.
    expect((await browser.open(`${kvitt.url}/payments`)).text).toContain('Your roles at work count once')
    expect((await browser.open(`${kvitt.url}/operations`)).status).toBe(403)
  })

  it('are told in the trail with what was withheld', async () => {
    const { db } = kvitt.town.context
    const before = (await auditHead(db))?.id ?? 0
    await goTo(inEnglish(), '/payments', 'didrik')
    await goTo(inEnglish(), '/operations', 'didrik')
    expect(await auditAfter(db, before, 10)).toMatchObject([
      { role: 'borrower', after: { roles: 'operator', mfa: false, withheld: 'operator' } },
      { role: 'operator', after: { roles: 'operator', mfa: true } },
    ])
  })

  it('are asked for both again when they prove it anew, wherever they were', async () => {
    const browser = inEnglish()
    await goTo(browser, '/operations', 'didrik')
    const again = await browser.open(`${kvitt.url}/sign-in?fresh=1&to=/payments`)
    expect(again.text).toContain('asks for a sign-in with two steps')
  })

  it('see the same in Swedish', async () => {
    const browser = createBrowser(() => ({ 'accept-language': 'sv' }))
    await goTo(browser, '/payments', 'didrik')
    expect((await browser.open(`${kvitt.url}/operations`)).text).toContain('Logga in i två steg')
  })
})

describe('where everybody signs in with two steps', () => {
  it('borrowers are asked too, and whoever came in before is outside again', async () => {
    const early = inEnglish()
    await goTo(early, '/payments', 'elsa')
    kvitt.town.context.config.people.mfa.everybody = true
    expect(new URL((await early.open(`${kvitt.url}/payments`)).url).origin).toBe(idp.url)
    const home = await goTo(early, '/payments', 'elsa')
    expect([home.status, new URL(home.url).pathname]).toEqual([200, '/payments'])
  })
})

describe('a plain "no" that nobody asked for', () => {
  it('shows the ordinary page: it cannot be used to tell people stories', async () => {
    const xml = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r" Version="2.0" InResponseTo="_somebody-elses"><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext"/></samlp:StatusCode></samlp:Status></samlp:Response>`
    const answer = await fetch(`${kvitt.url}/saml/acs`, {
      method: 'POST',
      body: new URLSearchParams({ SAMLResponse: Buffer.from(xml).toString('base64') }),
      headers: { accept: 'text/html', 'accept-language': 'en' },
    })
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('You could not be signed in')
  })
})
