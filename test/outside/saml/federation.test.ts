import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { attributeNames } from '../../../sandbox/idp/people.ts'
import { type KeyAndCertificate, makeKeyAndCertificate } from '../../../sandbox/idp/self-signed.ts'
import { createSaml } from '../../../src/outside/saml/saml.ts'
import type { SamlSettings } from '../../../src/outside/saml/settings.ts'
import {
  type EntityFacts,
  entityXml,
  federationKeys,
  type Mdq,
  signedMetadata,
  startMdq,
} from '../../support/federation.ts'
import { createForger, stranger } from '../../support/forger.ts'
import {
  about,
  acsUrl,
  baseUrl,
  memoryCache,
  samlSettings,
  serviceProvider,
  submit,
} from '../../support/saml-world.ts'

const { eppn, mail } = attributeNames
const id = '_request-of-elsas-browser'
const north = 'https://idp.north.example/metadata'
const south = 'https://idp.south.example/metadata'
const keys: Record<string, KeyAndCertificate> = {
  [north]: makeKeyAndCertificate('North'),
  [south]: makeKeyAndCertificate('South'),
}

let mdq: Mdq
let metadataCache = memoryCache()
let ahead = 0

beforeAll(async () => {
  mdq = await startMdq()
})
afterAll(() => mdq?.stop())
beforeEach(() => {
  mdq.entities.clear()
  mdq.asked.length = 0
  mdq.entities.set(north, signedMetadata(entityXml(factsOf(north, 'north.example'))))
  mdq.entities.set(south, signedMetadata(entityXml(factsOf(south, 'south.example'))))
  metadataCache = memoryCache()
  ahead = 0
})

function factsOf(entityId: string, scope: string, more: Partial<EntityFacts> = {}): EntityFacts {
  const signOnUrl = `https://idp.${scope}/sign-on`
  return { entityId, signOnUrl, certificate: keys[entityId]?.certificate ?? '', scopes: [scope], ...more }
}

function samlOf(changes: Partial<SamlSettings> = {}, trustedAttributes: string[] = []) {
  const settings: SamlSettings = {
    ...samlSettings,
    idp: undefined,
    scopes: [],
    federation: {
      mdqUrl: mdq.url,
      signerCertificate: federationKeys.certificate,
      idps: [
        {
          entityId: north,
          name: { sv: 'Norra universitetet', en: 'Northern University' },
          trustedAttributes,
        },
        {
          entityId: south,
          name: { sv: 'Södra universitetet', en: 'Southern University' },
          trustedAttributes: [],
        },
      ],
    },
    ...changes,
  }
  const clock = { now: () => new Date(Date.now() + ahead) }
  const match = [
    { from: eppn, withoutScope: false },
    { from: mail, withoutScope: false },
  ]
  return createSaml({ settings, baseUrl, about, match, rolesFrom, clock, metadataCache })
}

/** What gives a role: an entitlement, which has no scope, and an affiliation, which has one. */
const entitlement = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.7'
const affiliation = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.9'
const rolesFrom = [
  { attribute: entitlement, value: 'urn:mace:north.example:kvitt:economy' },
  { attribute: affiliation, value: 'library-desk@north.example' },
]

function forgeAt(idp: string, attributes: [string, ...string[]][], signer = keys[idp] ?? stranger) {
  return createForger({ idp, serviceProvider, acsUrl, signer, attributes })
}

const ask = (saml: ReturnType<typeof samlOf>, idp: string) =>
  saml.signInUrl({ id, idp, fresh: false, mfa: false })

describe('several identity providers', () => {
  it('are each asked at their own address, and their people come in', async () => {
    const saml = samlOf()
    expect(await ask(saml, north)).toMatchObject({
      ok: true,
      value: expect.stringContaining('https://idp.north.example/sign-on?'),
    })
    const xml = forgeAt(south, [[eppn, 'ingrid@south.example']])(id)
    expect(await submit(saml, xml, { id, idp: south })).toMatchObject({
      ok: true,
      signOn: { identity: { id: 'ingrid@south.example' } },
    })
  })

  it('may not answer for each other (ASVS V6.8.1)', async () => {
    const saml = samlOf()
    const bySouth = forgeAt(south, [[eppn, 'ingrid@south.example']])(id)
    expect(await submit(saml, bySouth, { id, idp: north })).toMatchObject({ ok: false })
    // South signs and calls itself North.
    const asNorth = forgeAt(north, [[eppn, 'elsa@north.example']], keys[south])(id)
    expect(await submit(saml, asNorth, { id, idp: north })).toMatchObject({ ok: false })
    // The assertion is North's in name; the envelope says South.
    const mixed = forgeAt(north, [[eppn, 'elsa@north.example']])(id, { responseIssuer: south })
    expect(await submit(saml, mixed, { id, idp: north })).toEqual({ ok: false, reason: 'issuer' })
  })

  it('may assert their own scopes and no others (ASVS V6.8.1)', async () => {
    const saml = samlOf()
    for (const name of ['elsa@north.example', 'elsa@sub.south.example', 'elsa@SOUTH.example.evil'])
      expect(await submit(saml, forgeAt(south, [[eppn, name]])(id), { id, idp: south })).toEqual({
        ok: false,
        reason: 'scope',
      })
  })

  it.each([
    ['a scope that is a regular expression', '<shibmd:Scope regexp="true">.*</shibmd:Scope>', '.*'],
    ["somebody's own Scope", '<evil:Scope xmlns:evil="urn:evil">north.example</evil:Scope>', 'north.example'],
  ])('gain nothing by %s', async (_what, extensions, scope) => {
    const facts = factsOf(south, 'south.example', { extensions })
    mdq.entities.set(south, signedMetadata(entityXml(facts)))
    const xml = forgeAt(south, [[eppn, `elsa@${scope}`]])(id)
    expect(await submit(samlOf(), xml, { id, idp: south })).toEqual({ ok: false, reason: 'scope' })
  })

  it('are trusted with attributes without a scope only where the settings say so', async () => {
    const claims: [string, string][] = [
      [eppn, 'ingrid@north.example'],
      [mail, 'bengt@demo.kvitt.example'],
    ]
    const attributesOf = async (trustedAttributes: string[]) => {
      const verdict = await submit(samlOf({}, trustedAttributes), forgeAt(north, claims)(id), {
        id,
        idp: north,
      })
      return verdict.ok ? Object.keys(verdict.signOn.identity.attributes) : verdict.reason
    }
    expect(await attributesOf([])).toEqual([eppn])
    expect(await attributesOf([mail])).toEqual([eppn, mail])
    const byMail = samlOf({ idAttribute: mail })
    expect(await submit(byMail, forgeAt(north, claims)(id), { id, idp: north })).toEqual({
      ok: false,
      reason: 'scope',
    })
  })

  it('give roles only by what they may say: South cannot make economists of North (ASVS V6.8.1, V8.3.1)', async () => {
    const said = (name: string): [string, ...string[]][] => [
      [eppn, name],
      [entitlement, 'urn:mace:north.example:other', 'urn:mace:north.example:kvitt:economy'],
      [affiliation, 'member@north.example', 'library-desk@north.example', 'library-desk@south.example'],
    ]
    const claimsOf = async (idp: string, name: string, trustedAttributes: string[]) => {
      const verdict = await submit(samlOf({}, trustedAttributes), forgeAt(idp, said(name))(id), { id, idp })
      return verdict.ok ? verdict.signOn.identity.claims : verdict.reason
    }
    const desk = { [affiliation]: ['library-desk@north.example'] }
    const both = { [entitlement]: ['urn:mace:north.example:kvitt:economy'], ...desk }
    expect(await claimsOf(north, 'eva@north.example', [entitlement])).toEqual(both)
    expect(await claimsOf(north, 'eva@north.example', [])).toEqual(desk)
    expect(await claimsOf(south, 'eve@south.example', [entitlement])).toEqual({})
  })

  it('that are not in the settings are never asked about, whoever names them (ASVS V1.3.6)', async () => {
    const elsewhere = 'https://idp.evil.example/metadata'
    mdq.entities.set(
      elsewhere,
      signedMetadata(entityXml(factsOf(elsewhere, 'north.example', { certificate: stranger.certificate }))),
    )
    expect(await ask(samlOf(), elsewhere)).toMatchObject({ ok: false, trouble: { kind: 'refused' } })
    expect(
      await submit(samlOf(), forgeAt(elsewhere, [[eppn, 'elsa@north.example']], stranger)(id), {
        id,
        idp: elsewhere,
      }),
    ).toMatchObject({ ok: false })
    expect(mdq.asked).toEqual([])
  })
})

const shortKey = generateKeyPairSync('rsa', { modulusLength: 1024 })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString()

describe('metadata that must not be believed (ASVS V9.1.3)', () => {
  const plain = () => entityXml(factsOf(north, 'north.example'))
  const other = () => entityXml(factsOf(north, 'north.example', { certificate: stranger.certificate }))
  const cases: [string, () => string][] = [
    ['no signature', plain],
    ["a stranger's signature, its certificate enclosed", () => signedMetadata(other(), stranger)],
    [
      'another certificate after signing',
      () =>
        signedMetadata(plain()).replace(
          /(?<=<md:KeyDescriptor.*<ds:X509Certificate>)[^<]+/s,
          `${stranger.certificate.replace(/-----[^-]+-----|\s/g, '')}`,
        ),
    ],
    [
      'another address after signing',
      () =>
        signedMetadata(plain()).replace(
          'https://idp.north.example/sign-on',
          'https://idp.evil.example/sign-on',
        ),
    ],
    [
      'an RSA-SHA1 signature',
      () => signedMetadata(plain(), federationKeys, 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'),
    ],
    ["another entity's", () => signedMetadata(entityXml(factsOf(south, 'south.example')))],
    [
      'an end that has passed',
      () => signedMetadata(entityXml(factsOf(north, 'north.example', { validDays: -1 }))),
    ],
    ['no end', () => signedMetadata(entityXml(factsOf(north, 'north.example', { validDays: null })))],
    [
      'an end in a year',
      () => signedMetadata(entityXml(factsOf(north, 'north.example', { validDays: 365 }))),
    ],
    ['a doctype', () => `<!DOCTYPE x [<!ENTITY y "z">]>${signedMetadata(plain())}`],
    [
      'an unsigned entity around the signed one',
      () =>
        `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${north}">${signedMetadata(other(), stranger)}</md:EntityDescriptor>`,
    ],
    [
      'a sign-on address in plain text',
      () =>
        signedMetadata(
          plain().replace('https://idp.north.example/sign-on', 'http://idp.north.example/sign-on'),
        ),
    ],
    [
      'a key that anybody could break',
      () => signedMetadata(entityXml(factsOf(north, 'north.example', { certificate: shortKey }))),
    ],
    ['a whole federation', () => signedMetadata(plain()).padEnd(33_000_000, ' ')],
    ['garbage', () => 'garbage'],
    ['nothing', () => ''],
  ]
  it.each(cases)('%s: refused', async (_what, make) => {
    mdq.entities.set(north, make())
    const start = performance.now()
    expect(await ask(samlOf(), north)).toMatchObject({ ok: false })
    expect(performance.now() - start).toBeLessThan(4000)
    expect(metadataCache.kept.size).toBe(0)
  })

  it('by a redirect: not followed, though the other place would be believed (ASVS V15.3.2)', async () => {
    mdq.entities.set('there', signedMetadata(plain()))
    mdq.entities.set(north, (_req, res) => {
      res.writeHead(302, { Location: `${mdq.url}/entities/there` }).end()
    })
    expect(await ask(samlOf(), north)).toMatchObject({ ok: false, trouble: { kind: 'broken' } })
    expect(mdq.asked).toEqual([north])
  })

  it('an evil copy beside the signed one: what is signed counts', async () => {
    const evil = signedMetadata(plain()).replace('<md:IDPSSODescriptor', '<!-- --><md:IDPSSODescriptor')
    mdq.entities.set(north, evil)
    const url = await ask(samlOf(), north)
    expect(url).toMatchObject({ ok: true, value: expect.stringContaining('idp.north.example') })
  })
})

describe('how long metadata is used', () => {
  const HOUR = 3600_000

  it('is asked for once while it is fresh, by any number of people at once', async () => {
    const saml = samlOf()
    await Promise.all(Array.from({ length: 20 }, () => ask(saml, north)))
    ahead = 7.9 * HOUR
    await ask(saml, north)
    expect(mdq.asked).toEqual([north])
    ahead = 8.1 * HOUR
    await ask(saml, north)
    expect(mdq.asked).toEqual([north, north])
  })

  it('is asked for earlier when the federation wishes, but not all the time', async () => {
    mdq.entities.set(
      north,
      signedMetadata(entityXml(factsOf(north, 'north.example', { cacheDuration: 'PT1H' }))),
    )
    const saml = samlOf()
    await ask(saml, north)
    ahead = 1.1 * HOUR
    await ask(saml, north)
    expect(mdq.asked).toHaveLength(2)
    mdq.entities.set(
      south,
      signedMetadata(entityXml(factsOf(south, 'south.example', { cacheDuration: 'PT0S' }))),
    )
    await ask(saml, south)
    await ask(saml, south)
    expect(mdq.asked).toHaveLength(3)
  })

  it('is used on while the federation is silent, until its own end', async () => {
    const saml = samlOf()
    await ask(saml, north)
    mdq.entities.delete(north)
    ahead = 48 * HOUR
    expect(await ask(saml, north)).toMatchObject({ ok: true })
    ahead = 8 * 24 * HOUR
    expect(await ask(saml, north)).toMatchObject({ ok: false })
  })

  it('outlives a restart in the cache, where it is checked again', async () => {
    await ask(samlOf(), north)
    mdq.entities.delete(north)
    expect(await ask(samlOf(), north)).toMatchObject({ ok: true })
    expect(mdq.asked).toEqual([north])
    const kept = metadataCache.kept.get(north)
    metadataCache.kept.set(north, {
      xml: kept?.xml.replace('idp.north.example/sign-on', 'idp.evil.example/x') ?? '',
      fetchedAt: new Date().toISOString(),
    })
    expect(await ask(samlOf(), north)).toMatchObject({ ok: false })
  })

  it('changes keys as the federation says', async () => {
    const saml = samlOf()
    const byNew = forgeAt(north, [[eppn, 'elsa@north.example']], stranger)(id)
    expect(await submit(saml, byNew, { id, idp: north })).toMatchObject({ ok: false })
    mdq.entities.set(
      north,
      signedMetadata(entityXml(factsOf(north, 'north.example', { certificate: stranger.certificate }))),
    )
    ahead = 9 * HOUR
    await ask(saml, north)
    ahead = 0
    expect(await submit(saml, byNew, { id, idp: north })).toMatchObject({ ok: true })
  })
})

describe('help with a sign-in that told too little', () => {
  it("is the identity provider's own page, told what is missing and nothing of the person", async () => {
    const errorUrl =
      'https://idp.north.example/error?c=ERRORURL_CODE&amp;t=ERRORURL_TS&amp;r=ERRORURL_RP&amp;i=ERRORURL_TID'
    mdq.entities.set(north, signedMetadata(entityXml(factsOf(north, 'north.example', { errorUrl }))))
    const help = await samlOf().helpUrl(north, 'identity', new Date('2026-11-21T12:00:00Z'))
    expect(help).toBe(
      `https://idp.north.example/error?c=IDENTIFICATION_FAILURE&t=1795262400&r=${encodeURIComponent(serviceProvider)}&i=`,
    )
  })

  it.each(['javascript:alert(1)', 'http://idp.north.example/error', 'error'])(
    'is not %s',
    async (errorUrl) => {
      mdq.entities.set(north, signedMetadata(entityXml(factsOf(north, 'north.example', { errorUrl }))))
      expect(await samlOf().helpUrl(north, 'identity', new Date())).toBeNull()
    },
  )
})
