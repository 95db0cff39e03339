import type { MatchAttribute } from './identity.ts'

/** The section `saml` of kvitt.yaml, as far as this adapter reads it. */
export interface SamlSettings {
  entityId: string
  idp: { entityId: string; signOnUrl: string; certificates: string[] }
  privateKey?: string | undefined
  certificate?: string | undefined
  idAttribute: string
  nameAttribute: string
  emailAttribute: string
  scopes: string[]
  clockSkewSeconds: number
  /**
   * Whether the identity provider signs the response around the assertion too. Default true: with both signed, a hole in
   * one check is not a hole in the wall. The assertion must be signed always.
   */
  responseSigned?: boolean | undefined
}

export interface SamlTools {
  settings: SamlSettings
  /** service.baseUrl: our addresses are never made from a request. */
  baseUrl: string
  /** people.match: which attributes are asked for. */
  match: MatchAttribute[]
  clock: { now(): Date }
}

/** How long a started sign-in may take, milliseconds. */
export const LONGEST_SIGN_IN = 10 * 60_000

/** The path that responses are posted to. */
export const ACS_PATH = '/saml/acs'
