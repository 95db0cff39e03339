import { randomBytes } from 'node:crypto'
import { escaped } from './markup.ts'
import { type Signer, signXml } from './sign-xml.ts'

/** What the page can do wrong on purpose. */
export const mishaps = [
  'none',
  'wrong-key',
  'tampered',
  'unsigned',
  'expired',
  'other-audience',
  'one-step',
] as const
export type Mishap = (typeof mishaps)[number]

export interface ResponseFacts {
  idp: string
  serviceProvider: string
  acsUrl: string
  inResponseTo: string
  attributes: Record<string, string[]>
  /** How the person signed in, in SAML's words. */
  context: string
  now: Date
}

/** A SAML response, response and assertion both signed, base64 as the browser posts it. */
export function makeResponse(facts: ResponseFacts, mishap: Mishap, signer: Signer, stranger: Signer): string {
  const late = mishap === 'expired' ? -60 : 0
  const audience = mishap === 'other-audience' ? 'https://somebody.else.example' : facts.serviceProvider
  const plain = responseXml({ ...facts, late, audience })
  return Buffer.from(withSignatures(plain, mishap, signer, stranger)).toString('base64')
}

export const oneStep = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'

/** "Nobody signs in the way that you asked for": signed, base64, and without an assertion (SAML core 3.3.2.2.1). */
export function makeRefusal(facts: ResponseFacts, signer: Signer): string {
  const inside =
    '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext"/></samlp:StatusCode></samlp:Status></samlp:Response>'
  const xml = envelopeXml(facts, facts.now.toISOString()) + inside
  return Buffer.from(signXml(xml, 'Response', signer)).toString('base64')
}

function envelopeXml({ idp, acsUrl, inResponseTo }: ResponseFacts, issued: string): string {
  return [
    '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"',
    ` ID="${newId()}" Version="2.0" IssueInstant="${issued}" Destination="${escaped(acsUrl)}" InResponseTo="${escaped(inResponseTo)}">`,
    `<saml:Issuer>${escaped(idp)}</saml:Issuer>`,
  ].join('')
}

function withSignatures(plain: string, mishap: Mishap, signer: Signer, stranger: Signer): string {
  if (mishap === 'unsigned') return plain
  const by = mishap === 'wrong-key' ? stranger : signer
  const signed = signXml(signXml(plain, 'Assertion', by), 'Response', by)
  return mishap === 'tampered' ? signed.replace('<saml:AttributeValue>', '<saml:AttributeValue>x') : signed
}

function responseXml(facts: ResponseFacts & { late: number; audience: string }): string {
  const { idp, acsUrl, inResponseTo } = facts
  const at = (minutes: number) =>
    new Date(facts.now.getTime() + (minutes + facts.late) * 60_000).toISOString()
  const to = `InResponseTo="${escaped(inResponseTo)}"`
  return [
    envelopeXml(facts, at(0)),
    '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>',
    `<saml:Assertion ID="${newId()}" Version="2.0" IssueInstant="${at(0)}">`,
    `<saml:Issuer>${escaped(idp)}</saml:Issuer>`,
    `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">${newId()}</saml:NameID>`,
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">',
    `<saml:SubjectConfirmationData Recipient="${escaped(acsUrl)}" ${to} NotOnOrAfter="${at(5)}"/>`,
    '</saml:SubjectConfirmation></saml:Subject>',
    `<saml:Conditions NotBefore="${at(-1)}" NotOnOrAfter="${at(5)}"><saml:AudienceRestriction>`,
    `<saml:Audience>${escaped(facts.audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    `<saml:AuthnStatement AuthnInstant="${at(0)}" SessionIndex="${newId()}"><saml:AuthnContext>`,
    `<saml:AuthnContextClassRef>${escaped(facts.context)}</saml:AuthnContextClassRef>`,
    '</saml:AuthnContext></saml:AuthnStatement>',
    `<saml:AttributeStatement>${Object.entries(facts.attributes).map(attributeXml).join('')}</saml:AttributeStatement>`,
    '</saml:Assertion></samlp:Response>',
  ].join('')
}

function attributeXml([name, values]: [string, string[]]): string {
  const inside = values
    .map((value) => `<saml:AttributeValue>${escaped(value)}</saml:AttributeValue>`)
    .join('')
  const format = 'NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"'
  return `<saml:Attribute Name="${escaped(name)}" ${format}>${inside}</saml:Attribute>`
}

function newId(): string {
  return `_${randomBytes(16).toString('hex')}`
}
