import type { Strategy } from 'passport'
import type { Answer, Reachable } from '../../base/answer.ts'
import type { Texts } from '../../base/language.ts'

/** Who signed in, as the identity provider says and we have checked. A person, not yet a patron. */
export interface Identity {
  /** The value of saml.idAttribute: exactly one, in a scope that this identity provider may assert. */
  id: string
  /** For "signed in as"; the id when no name came. */
  name: string
  email: string | null
  /** The attributes that people.match asks for, by name; each with exactly one value. */
  attributes: Record<string, string>
  /**
   * What people.rolesFrom looks for and this identity provider may say, by attribute; here several values are allowed.
   * Nothing else is kept. Absent: nothing was said.
   */
  claims?: Record<string, string[]>
}

/** A sign-in under way: which identity provider was asked, in which request. */
export interface SignInRequest {
  id: string
  idp: string
  /** ISO date-time with zone. */
  startedAt: string
  /** True when the person had to prove anew who they are: an older proof does not count. */
  fresh: boolean
  /** True when the person had to prove it by more than one factor: a weaker proof does not count. */
  mfa: boolean
}

/** A response as it came, before any signature is checked: enough to find the request that it claims to answer. */
export type EnvelopeReading =
  | { ok: true; inResponseTo: string }
  /** With the request that it names where it is a plain answer of "no": a hint like all that nobody has signed. */
  | { ok: false; reason: string; inResponseTo?: string }

/** What a proved response says. */
export interface SignOn {
  identity: Identity
  /** When the person proved who they are, by the identity provider's clock; with single sign-on it may be hours ago. ISO date-time with zone. */
  provedAt: string
  /** Whether it was proved by more than one factor, in a way that the settings count. */
  mfa: boolean
  assertionId: string
  /** After this the assertion is dead by itself. ISO date-time with zone. */
  assertionExpiresAt: string
  /** The identity provider wants the session ended by then. ISO date-time with zone. */
  sessionEndsAt: string | null
}

export interface IdentityProvider extends Reachable {
  /** Who may be asked, by their names in SAML. With one, nobody has to choose, and it needs no name for people. */
  choices: { entityId: string; name: Texts<string> | null }[]
  /** Where a form of ours may end by redirect; for the CSP's form-action. */
  origins: string[]
  /** Where to send the browser for this request. Asks for metadata when there is need, so it may fail. */
  signInUrl(request: Pick<SignInRequest, 'id' | 'idp' | 'fresh' | 'mfa'>): Promise<Answer<string>>
  /** Looks at the response (base64, as posted) without believing it; refuses what no honest response holds. */
  readEnvelope(samlResponse: string): EnvelopeReading
  /**
   * The passport strategy that proves the response to exactly this request: success with a SignOn, failure with
   * `{ message: reason }`. Made anew for every response; never to be mounted on a route that takes GET.
   */
  strategy(request: SignInRequest): Promise<{ ok: true; strategy: Strategy } | { ok: false; reason: string }>
  /** The identity provider's own page for people whom it could not help us with (errorURL); null when it has none. */
  helpUrl(idp: string, missing: 'identity' | 'mfa', now: Date): Promise<string | null>
  /** Our own metadata, XML. */
  metadata(): string
}
