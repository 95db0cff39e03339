import type { Profile } from '@node-saml/passport-saml'
import type { SignInRequest, SignOn } from '../ports.ts'
import { hasOnlyAllowedAlgorithms } from './algorithms.ts'
import { checkAssertion } from './assertion.ts'
import { readIdentity } from './identity.ts'
import type { Refusal } from './refusal.ts'
import type { SamlTools } from './settings.ts'
import { readXml } from './xml-element.ts'

export type SignOnOutcome = { ok: true; signOn: SignOn } | { ok: false; reason: Refusal }

/**
 * What the library has verified, read once more by us. Only the signed assertion counts (`getAssertionXml`); nothing is
 * taken from the profile's own fields, where an attribute's last value may stand in place of its first.
 */
export function readSignOn(
  profile: Profile | null,
  request: SignInRequest,
  { settings, match, clock }: SamlTools,
  acsUrl: string,
): SignOnOutcome {
  if (request.idp !== settings.idp.entityId) return { ok: false, reason: 'other-idp' }
  const assertion = readXml(profile?.getAssertionXml?.() ?? '')
  if (!assertion) return { ok: false, reason: 'no-assertion' }
  // An encrypted assertion shows its algorithms only now.
  if (!hasOnlyAllowedAlgorithms(assertion)) return { ok: false, reason: 'algorithm' }

  const checked = checkAssertion(assertion, {
    idp: settings.idp.entityId,
    entityId: settings.entityId,
    acsUrl,
    requestId: request.id,
    now: clock.now(),
    clockSkew: settings.clockSkewSeconds * 1000,
  })
  if (!checked.ok) return checked

  const read = readIdentity(assertion, { ...settings, match })
  if (!read.ok) return read
  const { id, expiresAt, sessionEndsAt } = checked.facts
  return {
    ok: true,
    signOn: { identity: read.identity, assertionId: id, assertionExpiresAt: expiresAt, sessionEndsAt },
  }
}
