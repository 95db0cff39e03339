import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignedXml } from 'xml-crypto'
import { type KeyAndCertificate, makeKeyAndCertificate } from '../../sandbox/idp/self-signed.ts'

/** The federation's own key: what the settings pin. */
export const federationKeys = makeKeyAndCertificate('Test federation')

export interface EntityFacts {
  entityId: string
  signOnUrl: string
  certificate: string
  scopes?: string[]
  /** Raw XML into the Extensions of the entity. */
  extensions?: string
  errorUrl?: string
  /** Days from now; null leaves it out. */
  validDays?: number | null
  cacheDuration?: string
}

/** One identity provider's metadata as a federation writes it, not signed yet. */
export function entityXml(facts: EntityFacts): string {
  const days = facts.validDays === undefined ? 7 : facts.validDays
  const until = days === null ? '' : ` validUntil="${new Date(Date.now() + days * 86_400_000).toISOString()}"`
  const cache = facts.cacheDuration ? ` cacheDuration="${facts.cacheDuration}"` : ''
  const help = facts.errorUrl ? ` errorURL="${facts.errorUrl}"` : ''
  const scopes = (facts.scopes ?? []).map((scope) => `<shibmd:Scope regexp="false">${scope}</shibmd:Scope>`)
  const bare = facts.certificate.replace(/-----[^-]+-----|\s/g, '')
  return [
    '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:shibmd="urn:mace:shibboleth:metadata:1.0"',
    ` xmlns:ds="http://www.w3.org/2000/09/xmldsig#" ID="_metadata" entityID="${facts.entityId}"${until}${cache}>`,
    facts.extensions ? `<md:Extensions>${facts.extensions}</md:Extensions>` : '',
    `<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"${help}>`,
    `<md:Extensions>${scopes.join('')}</md:Extensions>`,
    `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${bare}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
    '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://not.this.example"/>',
    `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${facts.signOnUrl}"/>`,
    '</md:IDPSSODescriptor></md:EntityDescriptor>',
  ].join('')
}

/** The same, signed: by the federation, or by whoever pretends to be it. */
export function signedMetadata(
  xml: string,
  by: KeyAndCertificate = federationKeys,
  algorithm = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
): string {
  const signature = new SignedXml({
    privateKey: by.privateKey,
    publicCert: by.certificate,
    signatureAlgorithm: algorithm,
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  })
  signature.addReference({
    xpath: "/*[local-name(.)='EntityDescriptor']",
    transforms: [
      'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
      'http://www.w3.org/2001/10/xml-exc-c14n#',
    ],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  })
  signature.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: "/*[local-name(.)='EntityDescriptor']", action: 'prepend' },
  })
  return signature.getSignedXml()
}

export interface Mdq {
  url: string
  /** What it was asked for, in order. */
  asked: string[]
  /** By entityID; a listener may answer by itself. */
  entities: Map<string, string | RequestListener>
  stop(): Promise<void>
}

/** A federation's metadata service on loopback: `/entities/{entityID}`. */
export async function startMdq(): Promise<Mdq> {
  const entities: Mdq['entities'] = new Map()
  const asked: string[] = []
  const server = createServer((req, res) => {
    const entityId = decodeURIComponent((req.url ?? '').replace('/entities/', ''))
    asked.push(entityId)
    const found = entities.get(entityId)
    if (typeof found === 'function') found(req, res)
    else if (found === undefined) res.writeHead(404).end()
    else res.setHeader('Content-Type', 'application/samlmetadata+xml').end(found)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    entities,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
