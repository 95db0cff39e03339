import type { Identity } from '../ports/identity.ts'
import type { Refusal } from './refusal.ts'
import { all, type XmlElement } from './xml-element.ts'

/** A row of people.match, as far as it concerns us. */
export interface MatchAttribute {
  /** Name of the attribute. */
  from: string
  /** True when its scope (after @) is cut off before comparing: then the scope must be one that we trust. */
  withoutScope: boolean
}

/** A row of people.rolesFrom, as far as it concerns us. */
export interface WantedClaim {
  attribute: string
  value: string
}

export interface IdentitySettings {
  idAttribute: string
  nameAttribute: string
  emailAttribute: string
  /** What the identity provider may assert. */
  scopes: 'any' | string[]
  /** Which attributes without a scope it is trusted with. */
  trustedAttributes: 'all' | string[]
  match: MatchAttribute[]
  rolesFrom: WantedClaim[]
}

export type IdentityOutcome = { ok: true; identity: Identity } | { ok: false; reason: Refusal }

/** Attributes whose value is scoped by definition (eduPerson 2022; SAML subject identifiers 1.0). */
const scoped = new Set([
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.6', // eduPersonPrincipalName
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.9', // eduPersonScopedAffiliation
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.13', // eduPersonUniqueId
  'urn:oasis:names:tc:SAML:attribute:subject-id',
  'urn:oasis:names:tc:SAML:attribute:pairwise-id',
])

const LONGEST = 256

/**
 * Returns who the signed assertion speaks of. An identifier has exactly one value or the sign-in is refused: the
 * library would show the first of two in one place and the last in another. People do have several mail addresses;
 * then none counts.
 */
export function readIdentity(assertion: XmlElement, settings: IdentitySettings): IdentityOutcome {
  const values = attributeValues(assertion)
  const one = (name: string): string | undefined => {
    const found = values.get(name) ?? []
    return found.length === 1 ? found[0] : undefined
  }

  const id = one(settings.idAttribute)
  if (!id) return { ok: false, reason: 'identifier' }

  const mustBeScoped = new Set(settings.match.filter((rule) => rule.withoutScope).map((rule) => rule.from))
  const isScoped = (name: string) => scoped.has(name) || mustBeScoped.has(name)
  const isTrusted = (name: string) =>
    isScoped(name) || settings.trustedAttributes === 'all' || settings.trustedAttributes.includes(name)
  // Whoever could claim any name could claim everybody's (ASVS V6.8.1).
  if (!isTrusted(settings.idAttribute)) return { ok: false, reason: 'scope' }

  const attributes: Record<string, string> = {}
  for (const { from: name } of settings.match.filter(({ from }) => isTrusted(from))) {
    const value = one(name)
    if (value) attributes[name] = value
    else if ((values.get(name)?.length ?? 0) > 1 && name !== settings.emailAttribute) {
      return { ok: false, reason: 'identifier' }
    }
  }

  const identifiers = { ...attributes, [settings.idAttribute]: id }
  for (const [name, value] of Object.entries(identifiers)) {
    if (isScoped(name) && !hasTrustedScope(value, settings.scopes)) {
      return { ok: false, reason: 'scope' }
    }
  }

  const trusted = ({ attribute, value }: WantedClaim) =>
    isTrusted(attribute) && (!isScoped(attribute) || hasTrustedScope(value, settings.scopes))
  const claims = claimsIn(values, settings.rolesFrom.filter(trusted))
  const name = one(settings.nameAttribute) || id
  return { ok: true, identity: { id, name, email: one(settings.emailAttribute) || null, attributes, claims } }
}

/**
 * What the assertion says of what is wanted, and no more of it than that. Whatever it says beside it, even in a scope
 * that is not its own, gives nothing and takes nothing: people have affiliations elsewhere.
 */
function claimsIn(values: Map<string, string[]>, wanted: WantedClaim[]): Record<string, string[]> {
  const claims: Record<string, string[]> = {}
  for (const { attribute, value } of wanted) {
    const same = value.normalize('NFC')
    const known = claims[attribute] ?? []
    if (values.get(attribute)?.includes(same) && !known.includes(same)) claims[attribute] = [...known, same]
  }
  return claims
}

/** Any identity provider of a federation can assert any scope; only its own may be believed (ASVS V6.8.1). */
function hasTrustedScope(value: string, scopes: 'any' | string[]): boolean {
  if (scopes === 'any') return true
  const [local, scope, ...more] = value.split('@')
  if (!local || !scope || more.length > 0) return false
  return scopes.some((trusted) => trusted.toLowerCase() === scope.toLowerCase())
}

/** All values by attribute name, over all statements. A value that is no plain text (nested XML, too long) counts as empty. */
function attributeValues(assertion: XmlElement): Map<string, string[]> {
  const values = new Map<string, string[]>()
  for (const attribute of all(assertion, 'AttributeStatement', 'Attribute')) {
    const name = attribute.attributes.Name ?? ''
    const found = all(attribute, 'AttributeValue').map(plainText)
    values.set(name, [...(values.get(name) ?? []), ...found])
  }
  return values
}

function plainText({ text, children }: XmlElement): string {
  const value = text.trim().normalize('NFC')
  return children.length === 0 && value.length <= LONGEST ? value : ''
}
