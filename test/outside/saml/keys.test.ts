import { describe, expect, it } from 'vitest'
import { makeKeyAndCertificate } from '../../../sandbox/idp/self-signed.ts'
import { algorithms, type ciphers, type Knobs, stranger } from '../../support/forger.ts'
import { elsa, forge, samlWith, submit } from '../../support/saml-world.ts'

const id = '_request-of-elsas-browser'
const ours = makeKeyAndCertificate('Kvitt 2026')
const next = makeKeyAndCertificate('Kvitt 2027')
const onlyOurs = samlWith({ privateKeys: [ours.privateKey], certificates: [ours.certificate] })
const rolling = samlWith({
  privateKeys: [ours.privateKey, next.privateKey],
  certificates: [ours.certificate, next.certificate],
})

const encryptedTo = (certificate: string, cipher: keyof typeof ciphers = 'aes-256-gcm'): Partial<Knobs> => ({
  encrypt: { certificate, cipher },
})
const elsaIsIn = { ok: true, signOn: { identity: { id: 'elsa@demo.kvitt.example' } } }

describe('an encrypted assertion', () => {
  it.each(['aes-256-gcm', 'aes-128-cbc'] as const)(
    'is read when %s hides it, behind a signed response',
    async (cipher) => {
      expect(await submit(onlyOurs, forge(id, encryptedTo(ours.certificate, cipher)), { id })).toMatchObject(
        elsaIsIn,
      )
    },
  )

  it('is refused when 3DES hides it (ASVS V11.3.2)', async () => {
    const xml = forge(id, encryptedTo(ours.certificate, 'des-ede3-cbc'))
    expect(await submit(onlyOurs, xml, { id })).toEqual({ ok: false, reason: 'algorithm' })
  })

  it('is refused when its key comes by PKCS#1 v1.5, whose padding gives it away (ASVS V11.3.1)', async () => {
    const xml = forge(id, {
      ...encryptedTo(ours.certificate),
      after: (text) => text.replace('xmlenc#rsa-oaep-mgf1p', 'xmlenc#rsa-1_5'),
    })
    expect(await submit(onlyOurs, xml, { id })).toEqual({ ok: false, reason: 'algorithm' })
  })

  it('is refused when it is for somebody else, or when we have no key', async () => {
    const xml = forge(id, encryptedTo(stranger.certificate))
    expect(await submit(onlyOurs, xml, { id })).toMatchObject({ ok: false })
    expect(await submit(samlWith(), xml, { id })).toEqual({
      ok: false,
      reason: 'No decryption key for encrypted SAML response',
    })
  })

  it('is refused when it was changed in its wrapping, however it was hidden', async () => {
    for (const cipher of ['aes-256-gcm', 'aes-128-cbc'] as const) {
      const xml = forge(id, {
        ...encryptedTo(ours.certificate, cipher),
        after: (text) => text.replace(/(<xenc:CipherValue>[^<]{60})[^<]/g, '$1A'),
      })
      expect(await submit(onlyOurs, xml, { id })).toMatchObject({ ok: false })
    }
  })

  it('must be signed inside too, unless the settings say otherwise', async () => {
    const unsigned = forge(id, { ...encryptedTo(ours.certificate), sign: ['Response'] })
    expect(await submit(onlyOurs, unsigned, { id })).toMatchObject({ ok: false })
    const relaxed = samlWith({
      privateKeys: [ours.privateKey],
      certificates: [ours.certificate],
      assertionSigned: false,
    })
    expect(await submit(relaxed, unsigned, { id })).toMatchObject(elsaIsIn)
  })

  it('is not decrypted when nobody has signed the response: whoever could change it, could learn what it holds (ASVS V11.3.3)', async () => {
    const relaxed = samlWith({
      privateKeys: [ours.privateKey],
      certificates: [ours.certificate],
      responseSigned: false,
    })
    for (const cipher of ['aes-256-gcm', 'aes-128-cbc'] as const) {
      const xml = forge(id, { ...encryptedTo(ours.certificate, cipher), sign: ['Assertion'] })
      expect(await submit(relaxed, xml, { id })).toMatchObject({ ok: false })
    }
    expect(relaxed.metadata()).not.toContain('use="encryption"')
  })

  it('shows its algorithms inside, and SHA-1 there is refused as outside (ASVS V11.4.1)', async () => {
    const turned = { ...encryptedTo(ours.certificate), signatureAlgorithm: algorithms.rsaSha1 }
    expect(await submit(onlyOurs, forge(id, turned), { id })).toEqual({ ok: false, reason: 'algorithm' })
    const inside = forge(id, { ...turned, responseSignatureAlgorithm: algorithms.rsaSha256 })
    expect(await submit(onlyOurs, inside, { id })).toEqual({ ok: false, reason: 'algorithm' })
  })
})

describe('while our keys roll over', () => {
  it('an assertion may be encrypted to either, and is refused when it is for a third', async () => {
    for (const { certificate } of [ours, next])
      expect(await submit(rolling, forge(id, encryptedTo(certificate)), { id })).toMatchObject(elsaIsIn)
    expect(await submit(rolling, forge(id, encryptedTo(stranger.certificate)), { id })).toMatchObject({
      ok: false,
    })
  })

  it('the old key decrypts though its certificate has left the metadata', async () => {
    const after = samlWith({
      privateKeys: [next.privateKey, ours.privateKey],
      certificates: [next.certificate],
    })
    expect(await submit(after, forge(id, encryptedTo(ours.certificate)), { id })).toMatchObject(elsaIsIn)
    expect(after.metadata()).not.toContain(ours.certificate.replace(/-----[^-]+-----|\s/g, ''))
  })

  it('both keys are tried for nobody who is not Elsa: a stranger signs, and both refuse', async () => {
    const xml = forge(id, { ...encryptedTo(next.certificate), signer: stranger, attributes: elsa })
    expect(await submit(rolling, xml, { id })).toMatchObject({ ok: false })
  })
})

describe('a proof asked for anew', () => {
  it('does not count when the person proved it before we asked (ASVS V6.8.4, V7.6.1)', async () => {
    const startedAt = new Date().toISOString()
    const saml = samlWith({ clockSkewSeconds: 0 })
    const old = forge(id, { signedOn: -3 })
    expect(await submit(saml, old, { id, startedAt, fresh: true })).toEqual({
      ok: false,
      reason: 'sign-on-too-old',
    })
    expect(await submit(saml, old, { id, startedAt, fresh: false })).toMatchObject(elsaIsIn)
  })

  it('is asked for in the request', async () => {
    const { inflateRawSync } = await import('node:zlib')
    const requestOf = async (fresh: boolean) => {
      const url = await samlWith().signInUrl({
        id,
        idp: 'https://idp.demo.kvitt.example/metadata',
        fresh,
        mfa: false,
      })
      const sent = new URL(url.ok ? url.value : '').searchParams.get('SAMLRequest') ?? ''
      return inflateRawSync(Buffer.from(sent, 'base64')).toString()
    }
    expect(await requestOf(true)).toContain('ForceAuthn="true"')
    expect(await requestOf(false)).not.toContain('ForceAuthn')
  })

  it('lives as long as the settings say', async () => {
    const strict = samlWith({ oldestSignOnHours: 1, clockSkewSeconds: 0 })
    expect(await submit(strict, forge(id, { signedOn: -59 }), { id })).toMatchObject(elsaIsIn)
    expect(await submit(strict, forge(id, { signedOn: -61 }), { id })).toEqual({
      ok: false,
      reason: 'sign-on-too-old',
    })
  })
})
