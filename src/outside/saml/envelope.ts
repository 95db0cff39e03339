import { hasOnlyAllowedAlgorithms } from './algorithms.ts'
import type { Refusal } from './refusal.ts'
import { all, only, readXml, walk, type XmlElement } from './xml-element.ts'

/** A real response with signatures and encryption is 11 to 13 KB; base64 adds a third. */
export const LARGEST_RESPONSE = 128 * 1024

export interface Envelope {
  inResponseTo: string
}

export interface ExpectedEnvelope {
  acsUrl: string
  /** Those who may be asked. Which of them was, the request tells, and the proof is held to it. */
  idps: string[]
  responseSigned: boolean
}

export type EnvelopeOutcome =
  | { ok: true; envelope: Envelope }
  | { ok: false; reason: Refusal; inResponseTo?: string }

const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success'
const NO_AUTHN_CONTEXT = 'urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext'

/**
 * Looks at a response before the library sees it: base64 as posted → the request that it claims to answer. Nothing
 * here is proved. What is refused is what no honest identity provider sends, and what the library lets pass on the
 * envelope: Destination (node-saml issue 437), Issuer, and a Status other than Success beside an assertion.
 */
export function readEnvelope(samlResponse: string, expected: ExpectedEnvelope): EnvelopeOutcome {
  if (samlResponse.length > LARGEST_RESPONSE) return { ok: false, reason: 'too-large' }
  const text = decodeBase64(samlResponse)
  const root = text === undefined ? undefined : readXml(text)
  if (root?.name !== 'Response') return { ok: false, reason: 'not-plain-xml' }

  const inResponseTo = root.attributes.InResponseTo ?? ''
  if (saysNoContext(root)) return { ok: false, reason: 'no-authn-context', inResponseTo }
  const broken = rules.find(({ isTrue }) => !isTrue(root, expected))
  if (broken) return { ok: false, reason: broken.reason }
  return { ok: true, envelope: { inResponseTo } }
}

const rules: { reason: Refusal; isTrue(root: XmlElement, expected: ExpectedEnvelope): boolean }[] = [
  { reason: 'version', isTrue: (root) => root.attributes.Version === '2.0' },
  { reason: 'status', isTrue: (root) => only(root, 'Status', 'StatusCode')?.attributes.Value === SUCCESS },
  {
    reason: 'in-response-to',
    isTrue: (root) => /^[\w.-]{8,128}$/.test(root.attributes.InResponseTo ?? ''),
  },
  { reason: 'destination', isTrue: (root, { acsUrl }) => root.attributes.Destination === acsUrl },
  { reason: 'issuer', isTrue: (root, { idps }) => issuerIsOneOf(root, idps) },
  { reason: 'assertion-count', isTrue: hasOneAssertion },
  { reason: 'signature-shape', isTrue: hasPlainSignatures },
  {
    reason: 'signature-missing',
    isTrue: (root, { responseSigned }) =>
      all(root, 'Signature').length === 1 || !(responseSigned || isHidden(root)),
  },
  { reason: 'duplicate-id', isTrue: (root) => new Set(idsIn(root)).size === idsIn(root).length },
  // The library puts them into XPath as they are: a quote in one would be a question of somebody else's.
  { reason: 'id-shape', isTrue: (root) => idsIn(root).every((id) => /^[A-Za-z_][\w.-]*$/.test(id)) },
  { reason: 'algorithm', isTrue: (root) => hasOnlyAllowedAlgorithms(root) },
]

/** "Not in the way that you asked for" (SAML core 3.3.2.2.1): no assertion comes with it, and often no signature. */
function saysNoContext(root: XmlElement): boolean {
  return only(root, 'Status', 'StatusCode', 'StatusCode')?.attributes.Value === NO_AUTHN_CONTEXT
}

/** A response need not name its issuer (SAML core 3.2.2); when it does, it is one whom we ask. */
function issuerIsOneOf(root: XmlElement, idps: string[]): boolean {
  const issuers = all(root, 'Issuer')
  return issuers.length <= 1 && issuers.every((issuer) => idps.includes(issuer.text))
}

function hasOneAssertion(root: XmlElement): boolean {
  const found = [...walk(root)].filter(({ element }) => /^(Encrypted)?Assertion$/.test(element.name))
  return found.length === 1 && /^Response\/(Encrypted)?Assertion$/.test(found[0]?.path ?? '')
}

const signaturePlaces = ['Response/Signature', 'Response/Assertion/Signature']

/** Signatures stand where SAML puts them, once each, with one SignedInfo and one Reference, and carry no objects. */
function hasPlainSignatures(root: XmlElement): boolean {
  const places = new Set<string>()
  for (const { path, element } of walk(root)) {
    if (element.name === 'Object') return false
    if (element.name === 'SignedInfo' && !signaturePlaces.some((place) => path === `${place}/SignedInfo`))
      return false
    if (element.name !== 'Signature') continue
    if (!signaturePlaces.includes(path) || places.has(path)) return false
    if (!only(element, 'SignedInfo', 'Reference', 'DigestValue') || !only(element, 'SignatureValue'))
      return false
    places.add(path)
  }
  return places.size > 0
}

/**
 * What nobody has signed must not be decrypted: whoever can change it can learn what it holds by our answers. And the
 * library shows us no algorithm of a signature inside.
 */
function isHidden(root: XmlElement): boolean {
  return all(root, 'EncryptedAssertion').length > 0
}

function idsIn(root: XmlElement): string[] {
  return [...walk(root)].flatMap(({ element }) =>
    Object.entries(element.attributes).flatMap(([name, value]) => (/^(xml:)?id$/i.test(name) ? [value] : [])),
  )
}

function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/[\r\n\t ]/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact) || compact.length % 4 !== 0) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(compact, 'base64'))
  } catch {
    return undefined
  }
}
