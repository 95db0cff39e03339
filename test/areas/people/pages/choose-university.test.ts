import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SandboxIdp, startSandboxIdp } from '../../../../sandbox/idp/sandbox-idp.ts'
import { createBrowser, formsOf } from '../../../../sandbox/visitor/browser.ts'
import { formTo } from '../../../../sandbox/visitor/person.ts'
import { entityXml, federationKeys, type Mdq, signedMetadata, startMdq } from '../../../support/federation.ts'
import { type Kvitt, openKvitt } from '../../../support/open-kvitt.ts'

let mdq: Mdq
let north: SandboxIdp
let south: SandboxIdp
let kvitt: Kvitt
const serviceProviders: { entityId: string; acsUrl: string }[] = []

beforeAll(async () => {
  mdq = await startMdq()
  north = await startSandboxIdp({ port: 0, serviceProviders })
  south = await startSandboxIdp({ port: 0, serviceProviders })
  for (const [idp, scope] of [
    [north, 'demo.kvitt.example'],
    [south, 'south.example'],
  ] as const)
    mdq.entities.set(idp.entityId, signedMetadata(entityXml({ ...idp, scopes: [scope] })))
  const gone = 'https://idp.gone.example/metadata'
  kvitt = await openKvitt((settings) => ({
    ...settings,
    saml: {
      entityId: settings.saml.entityId,
      federation: {
        mdqUrl: mdq.url,
        signerCertificate: federationKeys.certificate,
        idps: [
          { entityId: south.entityId, name: { sv: 'Södra universitetet', en: 'Southern University' } },
          { entityId: north.entityId, name: { sv: 'Norra universitetet', en: 'Northern University' } },
          { entityId: gone, name: { sv: 'Östra högskolan', en: 'Eastern College' } },
        ],
      },
    },
  }))
  const { saml } = kvitt.town.context.config
  serviceProviders.push({ entityId: saml.entityId, acsUrl: `${kvitt.url}/saml/acs` })
})
afterAll(async () => {
  await kvitt?.stop()
  await Promise.all([mdq?.stop(), north?.stop(), south?.stop()])
})

const linksIn = (html: string) =>
  [...html.matchAll(/<li><a href="(\/sign-in[^"]+)">([^<]+)<\/a>/g)].map(([, href = '', name = '']) => ({
    href: href.replaceAll('&amp;', '&'),
    name,
  }))

describe('with several universities', () => {
  it('Elsa chooses hers, signs in there, and is where she wanted to be', async () => {
    const browser = createBrowser(() => ({ 'accept-language': 'sv' }))
    const choosing = await browser.open(`${kvitt.url}/sign-in?to=%2Fpayments`)
    expect(linksIn(choosing.text).map(({ name }) => name)).toEqual([
      'Norra universitetet',
      'Södra universitetet',
      'Östra högskolan',
    ])
    const people = await browser.open(new URL(linksIn(choosing.text)[0]?.href ?? '', kvitt.url).href)
    const carry = await browser.send(people, formTo(people, /\/sign-on$/), { person: 'elsa' })
    const home = await browser.send(carry, formTo(carry, /\/saml\/acs$/))
    expect([home.status, new URL(home.url).pathname]).toEqual([200, '/payments'])
  })

  it('keeps what was asked for while she chooses: a fresh proof, two steps', async () => {
    const choosing = await createBrowser().open(
      `${kvitt.url}/sign-in?fresh=1&mfa=1&to=%2Foperations&q=university`,
    )
    expect(linksIn(choosing.text).map(({ href }) => href)).toEqual([
      expect.stringContaining('fresh=1&mfa=1'),
      expect.stringContaining('fresh=1&mfa=1'),
    ])
    expect(formsOf(choosing).flatMap(({ fields }) => fields)).toContainEqual(['mfa', '1'])
    const people = await createBrowser().open(new URL(linksIn(choosing.text)[0]?.href ?? '', kvitt.url).href)
    expect(people.text).toMatch(/two steps|två steg/)
  })

  it('is refused what her name says at another university: the scope is not theirs', async () => {
    const browser = createBrowser()
    const people = await browser.open(`${kvitt.url}/sign-in?idp=${encodeURIComponent(south.entityId)}`)
    const carry = await browser.send(people, formTo(people, /\/sign-on$/), { person: 'elsa' })
    const refused = await browser.send(carry, formTo(carry, /\/saml\/acs$/))
    expect(refused.status).toBe(403)
  })

  it('finds a university by part of its name in either language, without accents', async () => {
    const found = async (search: string) =>
      linksIn(
        (await createBrowser(() => ({ 'accept-language': 'sv' })).open(`${kvitt.url}/sign-in?q=${search}`))
          .text,
      ).map(({ name }) => name)
    expect(await found('sodra')).toEqual(['Södra universitetet'])
    expect(await found('NORTHERN')).toEqual(['Norra universitetet'])
    expect(await found('h%C3%B6gskola')).toEqual(['Östra högskolan'])
    expect(await found('uppsala')).toEqual([])
    const odd = await createBrowser().open(
      `${kvitt.url}/sign-in?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&to=//evil.example`,
    )
    expect(odd.text).not.toContain('<script>alert')
    expect(formsOf(odd).flatMap(({ fields }) => fields)).toContainEqual(['to', '/'])
  })

  it('says so when a university cannot be reached, and shows the choice for one that nobody knows', async () => {
    const silent = await createBrowser().open(
      `${kvitt.url}/sign-in?idp=${encodeURIComponent('https://idp.gone.example/metadata')}`,
    )
    expect(silent.status).toBe(503)
    const unknown = await createBrowser().open(`${kvitt.url}/sign-in?idp=https%3A%2F%2Fevil.example`)
    expect([unknown.status, linksIn(unknown.text).length]).toEqual([200, 3])
    expect(mdq.asked).not.toContain('https://evil.example')
  })
})
