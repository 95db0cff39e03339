import { createPublicKey, verify } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'

/** A service that the identity provider knows: who may be answered, and where. */
export interface ServiceProvider {
  entityId: string
  acsUrl: string
  /** PEM. When given, requests must be signed by it. */
  certificate?: string
}

export type RequestReading =
  | { ok: true; id: string; serviceProvider: ServiceProvider; contexts: string[] }
  | { ok: false; reason: string }

/** Reads what came to the sign-on address by redirect binding: `SAMLRequest=…&RelayState=…&SigAlg=…&Signature=…`. */
export function readAuthnRequest(query: string, known: ServiceProvider[]): RequestReading {
  const xml = inflate(new URLSearchParams(query).get('SAMLRequest'))
  if (!xml?.includes('AuthnRequest')) return { ok: false, reason: 'There is no AuthnRequest in the address.' }

  const issuer = /<(?:\w+:)?Issuer[^>]*>([^<]+)</.exec(xml)?.[1]
  const serviceProvider = known.find(({ entityId }) => entityId === issuer)
  if (!serviceProvider) return { ok: false, reason: 'The service is not known here.' }

  const id = /\sID="([\w.-]{8,128})"/.exec(xml)?.[1]
  if (!id) return { ok: false, reason: 'The request has no id.' }
  const wanted = /\sAssertionConsumerServiceURL="([^"]+)"/.exec(xml)?.[1]
  if (wanted && wanted !== serviceProvider.acsUrl) {
    return { ok: false, reason: 'The service wants the answer at another address than it registered.' }
  }
  if (serviceProvider.certificate && !isSigned(query, serviceProvider.certificate)) {
    return { ok: false, reason: 'The request is not signed by the service.' }
  }
  return { ok: true, id, serviceProvider, contexts: contextsIn(xml) }
}

/** How the service wants people to sign in; empty: it does not mind. */
function contextsIn(xml: string): string[] {
  const wanted = xml.matchAll(/<(?:\w+:)?AuthnContextClassRef[^>]*>([^<]+)</g)
  return [...wanted].map(([, context = '']) => context.trim())
}

function inflate(parameter: string | null): string | undefined {
  try {
    return inflateRawSync(Buffer.from(parameter ?? '', 'base64'), { maxOutputLength: 64 * 1024 }).toString()
  } catch {
    return undefined
  }
}

const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'

/** The signature is over the parameters as they were written, in this order (SAML bindings 3.4.4.1). */
function isSigned(query: string, certificate: string): boolean {
  const raw = new Map(query.split('&').map((pair) => [pair.split('=')[0] ?? '', pair]))
  const parameters = new URLSearchParams(query)
  if (parameters.get('SigAlg') !== rsaSha256) return false
  const signed = ['SAMLRequest', 'RelayState', 'SigAlg'].flatMap((name) => raw.get(name) ?? []).join('&')
  const signature = Buffer.from(parameters.get('Signature') ?? '', 'base64')
  return verify('sha256', Buffer.from(signed), createPublicKey(certificate), signature)
}
