import { createPrivateKey, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAuthnRequest } from '../../../sandbox/idp/authn-request.ts'
import { demoPeople } from '../../../sandbox/idp/people.ts'
import { type SandboxIdp, startSandboxIdp } from '../../../sandbox/idp/sandbox-idp.ts'
import { makeKeyAndCertificate } from '../../../sandbox/idp/self-signed.ts'
import type { IdentityProvider } from '../../../src/outside/ports/identity.ts'
import { base64 } from '../../support/forger.ts'
import { acsUrl, prove, samlSettings, samlWith, serviceProvider } from '../../support/saml-world.ts'

const ours = makeKeyAndCertificate('Kvitt')
const known = [{ entityId: serviceProvider, acsUrl, certificate: ours.certificate }]
let idp: SandboxIdp

beforeAll(async () => {
  idp = await startSandboxIdp({ port: 0, serviceProviders: known })
})
afterAll(() => idp?.stop())

function samlOf(changes: Partial<typeof samlSettings> = {}) {
  const settings = {
    ...samlSettings,
    idp: { entityId: idp.entityId, signOnUrl: idp.signOnUrl, certificates: [idp.certificate] },
    ...changes,
  }
  return samlWith(settings, { match: [] })
}

const keys = { privateKeys: [ours.privateKey], certificates: [ours.certificate] }

async function addressAt(saml: IdentityProvider): Promise<string> {
  const url = await saml.signInUrl({ id: '_request-1234', idp: idp.entityId, fresh: false, mfa: false })
  if (!url.ok) throw new Error(url.trouble.message)
  return url.value
}

async function press(address: string, form: Record<string, string>): Promise<string> {
  const body = new URLSearchParams({ query: new URL(address).search.slice(1), ...form })
  return (await fetch(idp.signOnUrl, { method: 'POST', body })).text()
}

const responseIn = (page: string) => /name="SAMLResponse" value="([^"]+)"/.exec(page)?.[1] ?? ''

describe("the sandbox's identity provider", () => {
  it('has a certificate that others can read, under its own key', () => {
    const certificate = new X509Certificate(idp.certificate)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.checkPrivateKey(createPrivateKey(idp.privateKey))).toBe(true)
    expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(Date.now() + 3000 * 86_400_000)
    expect(new Date(certificate.validFrom).getTime()).toBeLessThan(Date.now())
  })

  it('shows metadata with that certificate and its address', async () => {
    const xml = await (await fetch(idp.entityId)).text()
    expect(xml).toContain(idp.certificate.replace(/-----[^-]+-----|\s/g, ''))
    expect(xml).toContain(`Location="${idp.signOnUrl}"`)
  })

  it('can be tried out, and is missed when it is gone', async () => {
    expect(await samlOf().tryOut()).toEqual({
      ok: true,
      value: expect.stringMatching(
        /^answers at .*\/sign-on \(400\); certificate valid until 20\d\d-\d\d-\d\d$/,
      ),
    })
    const gone = { entityId: 'x', signOnUrl: 'http://127.0.0.1:1/sign-on', certificates: [idp.certificate] }
    expect(await samlOf({ idp: gone }).tryOut()).toMatchObject({
      ok: false,
      trouble: { kind: 'unreachable' },
    })
  })

  it('takes requests that the service signed, and no others', async () => {
    const signed = await addressAt(samlOf(keys))
    expect(await (await fetch(signed)).text()).toContain('Elsa Lindqvist')
    const unsigned = await addressAt(samlOf())
    expect((await fetch(unsigned)).status).toBe(400)
    expect((await fetch(signed.replace('SigAlg', 'Sigalg'))).status).toBe(400)
    const other = makeKeyAndCertificate('Other')
    const forged = await addressAt(samlOf({ ...keys, privateKeys: [other.privateKey] }))
    expect((await fetch(forged)).status).toBe(400)
  })

  it('answers at the registered address only', () => {
    const request = (xml: string) => {
      const query = new URLSearchParams({ SAMLRequest: Buffer.from(xml).toString('base64') })
      return readAuthnRequest(query.toString(), [{ entityId: serviceProvider, acsUrl }])
    }
    expect(request('<not-deflated/>')).toMatchObject({ ok: false })
    expect(readAuthnRequest('', [])).toMatchObject({ ok: false })
    expect(readAuthnRequest('SAMLRequest=%%%', [])).toMatchObject({ ok: false })
  })

  it('lets every person of the cast be clicked, and anybody be typed', async () => {
    const saml = samlOf(keys)
    const address = await addressAt(saml)
    for (const person of demoPeople) {
      const verdict = await prove(saml, responseIn(await press(address, { person: person.id })), {
        id: '_request-1234',
        idp: idp.entityId,
      })
      expect(verdict).toMatchObject({
        ok: true,
        signOn: { identity: { id: `${person.id}@demo.kvitt.example` } },
      })
    }
    const typed = await press(address, {
      person: '',
      eppn: 'ny@demo.kvitt.example',
      displayName: '<b>&"',
      mail: '',
    })
    const verdict = await prove(saml, responseIn(typed), { id: '_request-1234', idp: idp.entityId })
    expect(verdict).toMatchObject({ ok: true, signOn: { identity: { name: '<b>&"', email: null } } })
  })

  it('carries the relay state home, and shows no text as markup', async () => {
    const saml = samlOf(keys)
    const page = await press(`${await addressAt(saml)}&RelayState=%22%3E%3Cscript%3E`, {
      person: 'elsa',
    })
    // The signature covers the relay state, and this one was added after signing.
    expect(page).not.toContain('SAMLResponse')
    expect(await (await fetch(`${idp.url}/sign-on?SAMLRequest=%22%3E%3Cscript%3E`)).text()).not.toContain(
      '<script>',
    )
  })

  it('makes responses that nobody should take', async () => {
    const saml = samlOf(keys)
    const address = await addressAt(saml)
    for (const mishap of ['wrong-key', 'tampered', 'unsigned', 'expired', 'other-audience']) {
      const samlResponse = responseIn(await press(address, { person: 'elsa', mishap }))
      expect(samlResponse.length).toBeGreaterThan(1000)
      const verdict = await prove(saml, samlResponse, { id: '_request-1234', idp: idp.entityId })
      expect([mishap, verdict.ok]).toEqual([mishap, false])
    }
    expect(await prove(saml, base64('<a/>'), { id: '_request-1234', idp: idp.entityId })).toMatchObject({
      ok: false,
    })
  })
})
