import { asPem } from './pem.ts'
import { all, only, readXml, type XmlElement } from './xml-element.ts'

/** What we take from an identity provider's verified metadata. */
export interface IdpMetadata {
  entityId: string
  signOnUrl: string
  /** PEM. */
  certificates: string[]
  scopes: string[]
  errorUrl: string | null
  /** ISO date-time with zone. */
  validUntil: string
  /** Seconds, as the federation asks; undefined when it does not. */
  cacheSeconds: number | undefined
}

export type MetadataReading = { ok: true; metadata: IdpMetadata } | { ok: false; why: string }

const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'
const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata'
const SHIBMD = 'urn:mace:shibboleth:metadata:1.0'
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'

/** Shibboleth's samples say 14 days; whoever promises more than a month has forgotten how to take a key back. */
const LONGEST_VALIDITY = 31 * 24 * 3600_000

/** Reads one entity out of bytes whose signature has been checked. It must be the entity that was asked for, and valid now. */
export function readIdpMetadata(xml: string, entityId: string, now: Date): MetadataReading {
  const entity = readXml(xml)
  if (entity?.name !== 'EntityDescriptor' || entity.namespace !== METADATA)
    return { ok: false, why: 'is not the metadata of one entity' }
  if (entity.attributes.entityID !== entityId) return { ok: false, why: 'speaks of another entity' }
  const end = Date.parse(entity.attributes.validUntil ?? '')
  if (!(end > now.getTime() && end <= now.getTime() + LONGEST_VALIDITY))
    return { ok: false, why: 'is not valid now, or for too long' }

  const idp = all(entity, 'IDPSSODescriptor').filter(speaksSaml2)[0]
  const signOnUrl = idp && signOnAddress(idp)
  const certificates = idp ? signingCertificates(idp) : []
  if (!idp || !signOnUrl || certificates.length === 0)
    return { ok: false, why: 'has no sign-on address or no certificate' }
  return {
    ok: true,
    metadata: {
      entityId,
      signOnUrl,
      certificates,
      scopes: [...scopesIn(entity), ...scopesIn(idp)],
      errorUrl: idp.attributes.errorURL ?? null,
      validUntil: new Date(end).toISOString(),
      cacheSeconds: seconds(entity.attributes.cacheDuration),
    },
  }
}

function speaksSaml2({ namespace, attributes }: XmlElement): boolean {
  return (
    namespace === METADATA && (attributes.protocolSupportEnumeration ?? '').split(/\s+/).includes(PROTOCOL)
  )
}

function signOnAddress(idp: XmlElement): string | undefined {
  const services = all(idp, 'SingleSignOnService').filter(({ attributes }) => attributes.Binding === REDIRECT)
  const location = URL.parse(services[0]?.attributes.Location ?? '')
  const safe =
    location?.protocol === 'https:' || ['localhost', '127.0.0.1'].includes(location?.hostname ?? '')
  return location && safe ? location.href : undefined
}

function signingCertificates(idp: XmlElement): string[] {
  return all(idp, 'KeyDescriptor')
    .filter(({ attributes }) => attributes.use === undefined || attributes.use === 'signing')
    .flatMap((descriptor) => all(descriptor, 'KeyInfo', 'X509Data', 'X509Certificate'))
    .flatMap(({ text }) => {
      try {
        return [asPem(text)]
      } catch {
        return []
      }
    })
}

/** shibmd:Scope and no other Scope; one that is a regular expression is not read (Shibboleth warns of them too). */
function scopesIn(element: XmlElement): string[] {
  const extensions = only(element, 'Extensions')
  if (!extensions) return []
  return all(extensions, 'Scope')
    .filter(
      ({ namespace, attributes }) => namespace === SHIBMD && !/^(true|1)$/.test(attributes.regexp ?? ''),
    )
    .map(({ text }) => text.trim())
    .filter((scope) => scope !== '')
}

/** Days, hours, minutes and seconds of an XML duration; undefined for months, years and nonsense. */
function seconds(duration: string | undefined): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(duration ?? '')
  if (!match) return undefined
  const [, days = 0, hours = 0, minutes = 0, rest = 0] = match
  return Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(rest)
}
