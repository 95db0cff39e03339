import type { Answer } from '../../base/answer.ts'
import type { Texts } from '../../base/language.ts'
import type { MatchAttribute, WantedClaim } from './identity.ts'

/** The section `saml` of kvitt.yaml, as far as this adapter reads it. */
export interface SamlSettings {
  entityId: string
  /** The one identity provider; or federation. */
  idp?: IdpSettings | undefined
  federation?: FederationSettings | undefined
  /** PEM. The first signs, all decrypt; one without a certificate is on its way out. */
  privateKeys: string[]
  /** PEM or bare base64, of the private keys. */
  certificates: string[]
  responseSigned: boolean
  assertionSigned: boolean
  idAttribute: string
  nameAttribute: string
  emailAttribute: string
  /** Of the one identity provider: what it may assert. Empty: nothing, unless anyScope. */
  scopes: string[]
  anyScope: boolean
  entityCategories: string[]
  /** Authentication contexts that count as more than one factor; asked for together, and one must come back. */
  mfaContexts: string[]
  clockSkewSeconds: number
  oldestSignOnHours: number
}

export interface IdpSettings {
  entityId: string
  signOnUrl: string
  certificates: string[]
  errorUrl?: string | undefined
}

export interface FederationSettings {
  mdqUrl: string
  signerCertificate: string
  idps: { entityId: string; name: Texts<string>; trustedAttributes: string[] }[]
}

/** What stands about us in our metadata, beside addresses and keys. */
export interface AboutUs {
  library: { name: Texts<string>; university: Texts<string>; email: string; website: string }
}

export interface SamlTools {
  settings: SamlSettings
  /** service.baseUrl: our addresses are never made from a request. */
  baseUrl: string
  about: AboutUs
  /** people.match: which attributes are asked for. */
  match: MatchAttribute[]
  /** people.rolesFrom: what is looked for in attributes that give roles. */
  rolesFrom: WantedClaim[]
  clock: { now(): Date }
  metadataCache: MetadataCache
}

/** Where metadata is kept between starts and for other instances. It is not trusted: what comes back is checked again. */
export interface MetadataCache {
  read(entityId: string): Promise<{ xml: string; fetchedAt: string } | undefined>
  write(entityId: string, xml: string, fetchedAt: string): Promise<void>
}

/** An identity provider as we know it now: from the settings, or from its signed metadata. */
export interface TrustedIdp {
  entityId: string
  signOnUrl: string
  /** PEM. */
  certificates: string[]
  /** Which scopes it may assert. */
  scopes: 'any' | string[]
  /** Which attributes without a scope it is trusted with. */
  trustedAttributes: 'all' | string[]
  errorUrl: string | null
}

/** Finds an identity provider that may be asked; `refused` for anybody else. */
export interface IdpDirectory {
  find(entityId: string): Promise<Answer<TrustedIdp>>
}

/** How long a started sign-in may take, milliseconds. */
export const LONGEST_SIGN_IN = 10 * 60_000

/** The path that responses are posted to. */
export const ACS_PATH = '/saml/acs'
