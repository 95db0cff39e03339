import { type CipherGCM, constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { type KeyAndCertificate, makeKeyAndCertificate } from '../../sandbox/idp/self-signed.ts'

/** What a response is made of. Every knob has an honest setting; a test turns one of them. */
export interface Knobs {
  /** Of the response, and null leaves the attribute or element out. */
  destination: string | null
  inResponseTo: string | null
  responseIssuer: string | null
  status: string
  version: string
  /** Of the assertion. */
  issuer: string | null
  subject: 'bearer' | 'holder-of-key' | 'two' | 'no-confirmation' | 'none'
  recipient: string | null
  subjectInResponseTo: string | null
  audiences: string[][]
  conditions: boolean
  authnStatements: number
  attributes: [name: string, ...values: string[]][]
  /** Minutes from now; null leaves it out. */
  issued: number
  confirmationStarts: number | null
  confirmationEnds: number | null
  conditionsStart: number | null
  conditionsEnd: number | null
  signedOn: number
  sessionEnds: number | null
  /** How it is signed. */
  sign: ('Assertion' | 'Response')[]
  signer: KeyAndCertificate
  signatureAlgorithm: string
  /** Of the response alone; usually the same. */
  responseSignatureAlgorithm?: string
  digestAlgorithm: string
  canonicalization: string
  /** To whom the assertion is encrypted, after it is signed and before the response is. */
  encrypt: { certificate: string; cipher: keyof typeof ciphers } | null
  /** Changes of the text before and after signing. */
  before(xml: string): string
  after(xml: string): string
}

export interface ForgerSetting {
  idp: string
  serviceProvider: string
  acsUrl: string
  signer: KeyAndCertificate
  attributes: [name: string, ...values: string[]][]
}

export const algorithms = {
  rsaSha1: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  rsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  sha1: 'http://www.w3.org/2000/09/xmldsig#sha1',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  exclusiveWithComments: 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
  enveloped: 'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
}

/** Makes responses that an identity provider would never send, signed with its own key all the same. Answers XML. */
export function createForger(setting: ForgerSetting) {
  return (inResponseTo: string, turned: Partial<Knobs> = {}): string => {
    const knobs: Knobs = { ...honest(setting, inResponseTo), ...turned }
    let xml = knobs.before(responseXml(knobs))
    if (knobs.sign.includes('Assertion')) xml = signElement(xml, 'Assertion', knobs)
    if (knobs.encrypt) xml = encryptAssertion(xml, knobs.encrypt)
    if (knobs.sign.includes('Response')) xml = signElement(xml, 'Response', knobs)
    return knobs.after(xml)
  }
}

export function base64(xml: string): string {
  return Buffer.from(xml).toString('base64')
}

export const ciphers = {
  'aes-256-gcm': { uri: 'http://www.w3.org/2009/xmlenc11#aes256-gcm', key: 32, iv: 12 },
  'aes-128-cbc': { uri: 'http://www.w3.org/2001/04/xmlenc#aes128-cbc', key: 16, iv: 16 },
  'des-ede3-cbc': { uri: 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc', key: 24, iv: 8 },
}

/** XML Encryption by hand: the key by RSA-OAEP, the assertion by the cipher. */
function encryptAssertion(xml: string, { certificate, cipher }: NonNullable<Knobs['encrypt']>): string {
  const { uri, key: keySize, iv: ivSize } = ciphers[cipher]
  const [key, iv] = [randomBytes(keySize), randomBytes(ivSize)]
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const wrapped = publicEncrypt({ key: certificate, padding, oaepHash: 'sha1' }, key)
  return xml.replace(/<saml:Assertion .*<\/saml:Assertion>/s, (assertion) => {
    const machine = createCipheriv(cipher, key, iv)
    const inside = Buffer.concat([iv, machine.update(assertion), machine.final()])
    const tag = cipher === 'aes-256-gcm' ? (machine as CipherGCM).getAuthTag() : Buffer.alloc(0)
    const value = Buffer.concat([inside, tag]).toString('base64')
    return [
      '<saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element">',
      `<xenc:EncryptionMethod Algorithm="${uri}"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey>`,
      '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"><ds:DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/></xenc:EncryptionMethod>',
      `<xenc:CipherData><xenc:CipherValue>${wrapped.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>`,
      `<xenc:CipherData><xenc:CipherValue>${value}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>`,
    ].join('')
  })
}

/** One stranger's key for all tests: making one takes a while. */
export const stranger = makeKeyAndCertificate('Stranger')

function honest(setting: ForgerSetting, inResponseTo: string): Knobs {
  return {
    destination: setting.acsUrl,
    inResponseTo,
    responseIssuer: setting.idp,
    status: 'urn:oasis:names:tc:SAML:2.0:status:Success',
    version: '2.0',
    issuer: setting.idp,
    subject: 'bearer',
    recipient: setting.acsUrl,
    subjectInResponseTo: inResponseTo,
    audiences: [[setting.serviceProvider]],
    conditions: true,
    authnStatements: 1,
    attributes: setting.attributes,
    issued: 0,
    confirmationStarts: null,
    confirmationEnds: 5,
    conditionsStart: -1,
    conditionsEnd: 5,
    signedOn: -1,
    sessionEnds: null,
    sign: ['Assertion', 'Response'],
    signer: setting.signer,
    signatureAlgorithm: algorithms.rsaSha256,
    digestAlgorithm: algorithms.sha256,
    canonicalization: algorithms.exclusive,
    encrypt: null,
    before: (xml) => xml,
    after: (xml) => xml,
  }
}

function signElement(xml: string, element: string, knobs: Knobs): string {
  const path = element === 'Response' ? "/*[local-name(.)='Response']" : "//*[local-name(.)='Assertion']"
  const signature = new SignedXml({
    privateKey: knobs.signer.privateKey,
    publicCert: knobs.signer.certificate,
    signatureAlgorithm:
      (element === 'Response' ? knobs.responseSignatureAlgorithm : undefined) ?? knobs.signatureAlgorithm,
    canonicalizationAlgorithm: knobs.canonicalization,
  })
  const transforms = [algorithms.enveloped, algorithms.exclusive]
  signature.addReference({ xpath: path, transforms, digestAlgorithm: knobs.digestAlgorithm })
  const named = (element === 'Response' ? knobs.responseIssuer : knobs.issuer) !== null
  signature.computeSignature(xml, {
    prefix: 'ds',
    location: named
      ? { reference: `${path}/*[local-name(.)='Issuer']`, action: 'after' }
      : { reference: path, action: 'prepend' },
  })
  return signature.getSignedXml()
}

function responseXml(knobs: Knobs): string {
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${newId()}" Version="${knobs.version}" IssueInstant="${at(knobs.issued)}"${attribute('Destination', knobs.destination)}${attribute('InResponseTo', knobs.inResponseTo)}>${issuerXml(knobs.responseIssuer)}<samlp:Status><samlp:StatusCode Value="${knobs.status}"/></samlp:Status>${assertionXml(knobs)}</samlp:Response>`
}

function assertionXml(knobs: Knobs): string {
  const audience = knobs.audiences
    .map((names) => names.map((name) => `<saml:Audience>${name}</saml:Audience>`).join(''))
    .map((inside) => `<saml:AudienceRestriction>${inside}</saml:AudienceRestriction>`)
    .join('')
  const times = `${minute('NotBefore', knobs.conditionsStart)}${minute('NotOnOrAfter', knobs.conditionsEnd)}`
  const conditions = knobs.conditions ? `<saml:Conditions${times}>${audience}</saml:Conditions>` : ''
  const statement = `<saml:AuthnStatement AuthnInstant="${at(knobs.signedOn)}" SessionIndex="${newId()}"${minute('SessionNotOnOrAfter', knobs.sessionEnds)}><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`
  const attributes = knobs.attributes
    .map(
      ([name, ...values]) =>
        `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
    )
    .join('')
  const own = knobs.encrypt ? 'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ' : ''
  return `<saml:Assertion ${own}ID="${newId()}" Version="2.0" IssueInstant="${at(knobs.issued)}">${issuerXml(knobs.issuer)}${subjectXml(knobs)}${conditions}${statement.repeat(knobs.authnStatements)}<saml:AttributeStatement>${attributes}</saml:AttributeStatement></saml:Assertion>`
}

function subjectXml(knobs: Knobs): string {
  if (knobs.subject === 'none') return ''
  const data = `<saml:SubjectConfirmationData${attribute('Recipient', knobs.recipient)}${attribute('InResponseTo', knobs.subjectInResponseTo)}${minute('NotBefore', knobs.confirmationStarts)}${minute('NotOnOrAfter', knobs.confirmationEnds)}/>`
  const method = knobs.subject === 'holder-of-key' ? 'holder-of-key' : 'bearer'
  const one = `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:${method}">${data}</saml:SubjectConfirmation>`
  const count = { bearer: 1, 'holder-of-key': 1, two: 2, 'no-confirmation': 0 }[knobs.subject]
  return `<saml:Subject><saml:NameID>${newId()}</saml:NameID>${one.repeat(count)}</saml:Subject>`
}

function issuerXml(issuer: string | null): string {
  return issuer === null ? '' : `<saml:Issuer>${issuer}</saml:Issuer>`
}

function attribute(name: string, value: string | null): string {
  return value === null ? '' : ` ${name}="${value}"`
}

function minute(name: string, minutes: number | null): string {
  return minutes === null ? '' : ` ${name}="${at(minutes)}"`
}

function at(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString()
}

function newId(): string {
  return `_${randomBytes(16).toString('hex')}`
}
