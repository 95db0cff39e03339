import { inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { base64 } from '../../support/forger.ts'
import { forge, idpName, samlWith, submit } from '../../support/saml-world.ts'

const id = '_request-of-didriks-browser'
const refeds = 'https://refeds.org/profile/mfa'
const entra = 'http://schemas.microsoft.com/claims/multipleauthn'
const saml = samlWith()

/** A response in which the person signed in so, written before it is signed; null leaves the words out. */
function responseSaying(context: string | null, ref = 'saml:AuthnContextClassRef') {
  const words = context === null ? '' : `<${ref}>${context}</${ref}>`
  const plain = /<saml:AuthnContextClassRef>[^<]*<\/saml:AuthnContextClassRef>/
  return forge(id, { before: (xml) => xml.replace(plain, words) })
}

async function requestFor(mfa: boolean, provider = saml): Promise<string> {
  const url = await provider.signInUrl({ id, idp: idpName, fresh: false, mfa })
  const packed = url.ok ? (new URL(url.value).searchParams.get('SAMLRequest') ?? '') : ''
  return inflateRawSync(Buffer.from(packed, 'base64')).toString()
}

describe('a sign-in by more than one factor', () => {
  it('is asked for by its name, exactly; an ordinary one asks for nothing (ASVS V6.3.3)', async () => {
    const xml = await requestFor(true)
    expect(xml).toMatch(/<samlp:RequestedAuthnContext[^>]* Comparison="exact"/)
    expect([...xml.matchAll(/ClassRef[^>]*>([^<]+)</g)].map(([, context]) => context)).toEqual([refeds])
    expect(await requestFor(false)).not.toContain('RequestedAuthnContext')
  })

  it('may have several names, and any of them counts', async () => {
    const both = samlWith({ mfaContexts: [refeds, entra] })
    const xml = await requestFor(true, both)
    expect([...xml.matchAll(/ClassRef[^>]*>([^<]+)</g)].map(([, context]) => context)).toEqual([
      refeds,
      entra,
    ])
    for (const context of [refeds, entra])
      expect(await submit(both, responseSaying(context), { id, mfa: true })).toMatchObject({
        ok: true,
        signOn: { mfa: true },
      })
    expect(await submit(saml, responseSaying(entra), { id, mfa: true })).toEqual({
      ok: false,
      reason: 'mfa-missing',
    })
  })

  it('is noticed though nobody asked for it', async () => {
    expect(await submit(saml, responseSaying(refeds), { id })).toMatchObject({
      ok: true,
      signOn: { mfa: true },
    })
  })

  it.each<[string, string]>([
    ['only a password', responseSaying('urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport')],
    ['nothing', responseSaying(null)],
    ['the empty word', responseSaying('')],
    ['its name in capitals', responseSaying(refeds.toUpperCase())],
    ['a name that begins alike', responseSaying(`${refeds}x`)],
    ['its name as a declaration', responseSaying(refeds, 'saml:AuthnContextDeclRef')],
    [
      'its name twice',
      forge(id, {
        before: (xml) =>
          xml.replace(
            /<saml:AuthnContextClassRef>[^<]*<\/saml:AuthnContextClassRef>/,
            `<saml:AuthnContextClassRef>${refeds}</saml:AuthnContextClassRef>`.repeat(2),
          ),
      }),
    ],
    [
      'its name in an attribute',
      forge(id, {
        attributes: [
          ['urn:oid:1.3.6.1.4.1.5923.1.1.1.6', 'didrik@demo.kvitt.example'],
          ['AuthnContextClassRef', refeds],
        ],
      }),
    ],
  ])(
    'is not one that says %s: refused where it was asked for, weak where not (ASVS V6.8.4)',
    async (_what, xml) => {
      expect(await submit(saml, xml, { id, mfa: true })).toEqual({ ok: false, reason: 'mfa-missing' })
      expect(await submit(saml, xml, { id })).toMatchObject({ ok: true, signOn: { mfa: false } })
    },
  )

  it('changed in after signing is no proof at all', async () => {
    const xml = responseSaying('urn:oasis:names:tc:SAML:2.0:ac:classes:Password')
    const lifted = xml.replace('urn:oasis:names:tc:SAML:2.0:ac:classes:Password', refeds)
    expect(await submit(saml, lifted, { id, mfa: true })).toMatchObject({ ok: false })
  })
})

describe('an identity provider that cannot', () => {
  const refusal = (second: string, more = '') =>
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r" Version="2.0" InResponseTo="${id}"><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${second}"/></samlp:StatusCode></samlp:Status>${more}</samlp:Response>`

  it('says so without an assertion, and we read for which request', () => {
    expect(saml.readEnvelope(base64(refusal('NoAuthnContext')))).toEqual({
      ok: false,
      reason: 'no-authn-context',
      inResponseTo: id,
    })
    expect(saml.readEnvelope(base64(refusal('AuthnFailed')))).toEqual({ ok: false, reason: 'status' })
  })

  it('signs nobody in by it, whatever else the message holds', () => {
    const assertion = /<saml:Assertion .*<\/saml:Assertion>/s.exec(forge(id))?.[0] ?? ''
    const xml = refusal('NoAuthnContext', assertion).replace(
      ' ID="_r"',
      ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r"',
    )
    expect(saml.readEnvelope(base64(xml))).toMatchObject({ ok: false })
  })
})
