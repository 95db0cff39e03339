import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeKeyAndCertificate } from '../../../sandbox/idp/self-signed.ts'
import { type Browser, createBrowser, formsOf, type Page } from '../../../sandbox/visitor/browser.ts'
import { formTo } from '../../../sandbox/visitor/person.ts'
import { browserPath, startBrowser } from '../../support/browser.ts'
import { type Kvitt, openKvitt } from '../../support/open-kvitt.ts'
import { hasSimpleSamlPhp, type SimpleSamlPhp, startSimpleSamlPhp } from '../../support/simplesamlphp.ts'

const ours = makeKeyAndCertificate('Kvitt 2026')
const next = makeKeyAndCertificate('Kvitt 2027')

/** What the identity provider says of somebody, in its own names for attributes. */
function attributesOf(name: string, displayName: string): Record<string, string[]> {
  const address = `${name}@demo.kvitt.example`
  return { eduPersonPrincipalName: [address], displayName: [displayName], mail: [address] }
}

describe.skipIf(!hasSimpleSamlPhp)('SimpleSAMLphp, an identity provider that nobody here wrote', () => {
  let idp: SimpleSamlPhp
  let kvitt: Kvitt

  beforeAll(async () => {
    idp = await startSimpleSamlPhp({
      elsa: attributesOf('elsa', 'Elsa Lindqvist'),
      asa: attributesOf('asa', 'Åsa Žižković-Ångström'),
      tove: attributesOf('tove', "Tove O'Brien <b>&</b>"),
      stranger: { ...attributesOf('stranger', 'A stranger'), eduPersonPrincipalName: ['elsa@other.example'] },
      nobody: { displayName: ['Nobody in particular'] },
      twins: {
        ...attributesOf('elsa', 'Two at once'),
        eduPersonPrincipalName: ['elsa@demo.kvitt.example', 'bengt@demo.kvitt.example'],
      },
    })
    kvitt = await openKvitt((settings) => ({
      ...settings,
      saml: {
        entityId: `${settings.service.baseUrl}/saml/metadata`,
        idp: { entityId: idp.entityId, signOnUrl: idp.signOnUrl, certificates: [idp.certificate] },
        privateKeys: [ours.privateKey, next.privateKey],
        certificates: [ours.certificate, next.certificate],
        scopes: ['demo.kvitt.example'],
      },
    }))
    idp.trust(await (await fetch(`${kvitt.url}/saml/metadata`)).text())
  })
  afterEach(() => idp?.behave({}))
  afterAll(async () => {
    await kvitt?.stop()
    await idp?.stop()
  })

  /** From one of our pages through its sign-in page, to the form that it would have the browser post to us. */
  async function signInThere(browser: Browser, name: string, to = '/payments'): Promise<Page> {
    const asking = await browser.open(`${kvitt.url}/sign-in?to=${encodeURIComponent(to)}`)
    return browser.send(asking, formTo(asking, /^[?]|loginuserpass/), { username: name, password: 'hemligt' })
  }
  const postHome = (browser: Browser, page: Page) => browser.send(page, formTo(page, /\/saml\/acs$/))
  const responseIn = (page: Page) =>
    Buffer.from(
      formTo(page, /\/saml\/acs$/).fields.find(([name]) => name === 'SAMLResponse')?.[1] ?? '',
      'base64',
    ).toString()
  const refusals = () =>
    kvitt.town.logged.filter(({ event }) => event === 'sign-in.refused').map(({ reason }) => reason)

  it('reads our metadata, checks our signature, encrypts, and signs Elsa in', async () => {
    const browser = createBrowser()
    const carry = await signInThere(browser, 'elsa')
    const xml = responseIn(carry)
    expect(xml).toContain('EncryptedAssertion')
    expect(xml).not.toContain('elsa@')
    const home = await postHome(browser, carry)
    expect([home.status, new URL(home.url).pathname]).toEqual([200, '/payments'])
    expect(home.text).toContain('Elsa Lindqvist')
  })

  it('refuses a request of ours whose signature is missing or broken', async () => {
    const start = await fetch(`${kvitt.url}/sign-in`, { redirect: 'manual' })
    const address = new URL(start.headers.get('location') ?? '')
    address.searchParams.delete('Signature')
    address.searchParams.delete('SigAlg')
    const unsigned = await createBrowser().open(address.href)
    expect(formsOf(unsigned).some(({ fields }) => fields.some(([name]) => name === 'username'))).toBe(false)
  })

  it.each([
    ['asa', 'Åsa Žižković-Ångström'],
    ['tove', 'Tove O&#39;Brien &lt;b&gt;&amp;&lt;/b&gt;'],
  ])('carries the name of %s whole', async (name, shown) => {
    const browser = createBrowser()
    expect((await postHome(browser, await signInThere(browser, name))).text).toContain(shown)
  })

  it('sends a response that counts once: a copy is refused (ASVS V6.8.3)', async () => {
    const browser = createBrowser()
    const carry = await signInThere(browser, 'elsa')
    const cookie = browser.cookies(kvitt.url)
    const form = formTo(carry, /\/saml\/acs$/)
    expect((await postHome(browser, carry)).status).toBe(200)
    const again = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(form.fields),
      headers: { cookie },
      redirect: 'manual',
    })
    expect(again.status).toBe(403)
  })

  it('sends it for one browser: another that posts it stays outside (ASVS V3.5.1)', async () => {
    const carry = await signInThere(createBrowser(), 'elsa')
    const victim = createBrowser()
    await victim.open(`${kvitt.url}/`)
    expect((await postHome(victim, carry)).status).toBe(403)
  })

  it.each([
    ['stranger', 'scope'],
    ['nobody', 'identifier'],
    ['twins', 'identifier'],
  ])('vouches for %s, and we refuse: %s', async (name, reason) => {
    const browser = createBrowser()
    expect((await postHome(browser, await signInThere(browser, name))).status).toBe(403)
    expect(refusals().at(-1)).toBe(reason)
  })

  it.each([
    ['signs the assertion alone', { 'saml20.sign.response': false, 'assertion.encryption': false }],
    ['signs the assertion alone and encrypts', { 'saml20.sign.response': false }],
    [
      'signs with SHA-1',
      { 'signature.algorithm': 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'assertion.encryption': false },
    ],
  ])('is refused when it %s', async (_what, changes) => {
    idp.behave(changes)
    const browser = createBrowser()
    expect((await postHome(browser, await signInThere(browser, 'elsa'))).status).toBe(403)
  })

  it('signs the assertion too because our metadata asks for it; when it does not ask, it is refused', async () => {
    idp.behave({ 'saml20.sign.assertion': false })
    const browser = createBrowser()
    expect((await postHome(browser, await signInThere(browser, 'elsa'))).status).toBe(200)
    const metadata = await (await fetch(`${kvitt.url}/saml/metadata`)).text()
    idp.trust(metadata.replace('WantAssertionsSigned="true"', ''))
    const other = createBrowser()
    expect((await postHome(other, await signInThere(other, 'elsa'))).status).toBe(403)
    idp.trust(metadata)
  })

  it('is believed when it signs both and does not encrypt', async () => {
    idp.behave({ 'assertion.encryption': false })
    const browser = createBrowser()
    expect((await postHome(browser, await signInThere(browser, 'elsa'))).status).toBe(200)
  })

  it('asks for the password again when we want a fresh proof, though it knows the person (ASVS V6.8.4)', async () => {
    const browser = createBrowser()
    await postHome(browser, await signInThere(browser, 'elsa'))
    const passive = await browser.open(`${kvitt.url}/sign-in?to=/payments`)
    expect(formTo(passive, /\/saml\/acs$/).fields.length).toBeGreaterThan(0)
    const fresh = await browser.open(`${kvitt.url}/sign-in?to=/payments&fresh=1`)
    expect(formsOf(fresh).flatMap(({ fields }) => fields.map(([name]) => name))).toContain('password')
    const carry = await browser.send(fresh, formTo(fresh, /^[?]|loginuserpass/), {
      username: 'elsa',
      password: 'hemligt',
    })
    expect((await postHome(browser, carry)).status).toBe(200)
  })

  it('overlooks that two steps were asked for, and is refused; when it says that they were, it is believed (ASVS V6.3.3)', async () => {
    const overlooking = createBrowser()
    const refused = await postHome(overlooking, await signInThere(overlooking, 'elsa', '/operations'))
    expect([refused.status, refusals().at(-1)]).toEqual([403, 'mfa-missing'])

    idp.behave({
      authproc: {
        90: {
          class: 'saml:AuthnContextClassRef',
          AuthnContextClassRef: 'https://refeds.org/profile/mfa',
        },
        100: { class: 'core:AttributeMap', 0: 'name2oid' },
      },
    })
    const browser = createBrowser()
    const home = await postHome(browser, await signInThere(browser, 'elsa', '/operations'))
    // Signed in; that she has no business there is another matter.
    expect([home.status, home.text.includes('Elsa Lindqvist')]).toEqual([403, true])
    expect((await browser.open(`${kvitt.url}/payments`)).status).toBe(200)
  })

  describe.skipIf(browserPath === undefined)('in a real browser', () => {
    it('signs Elsa in and shows her page', async () => {
      const chromium = await startBrowser()
      try {
        const page = await chromium.newPage()
        await page.goto(`${kvitt.url}/sign-in?to=/payments`)
        await page.fill('input[name=username]', 'elsa')
        await page.fill('input[name=password]', 'hemligt')
        await Promise.all([page.waitForURL(`${kvitt.url}/payments`), page.keyboard.press('Enter')])
        expect(await page.textContent('body')).toContain('Elsa Lindqvist')
        const cookies = await page.context().cookies(kvitt.url)
        expect(cookies.filter(({ name }) => name === 'kvitt')).toMatchObject([
          { httpOnly: true, sameSite: 'Lax' },
        ])
      } finally {
        await chromium.close()
      }
    })
  })
})
