import type { Profile } from '@node-saml/passport-saml'
import type { SignInRequest, SignOn } from '../ports/identity.ts'
import { hasOnlyAllowedAlgorithms } from './algorithms.ts'
import { checkAssertion } from './assertion.ts'
import { readIdentity } from './identity.ts'
import type { Refusal } from './refusal.ts'
import type { SamlTools, TrustedIdp } from './settings.ts'
import { all, readXml } from './xml-element.ts'

export type SignOnOutcome = { ok: true; signOn: SignOn } | { ok: false; reason: Refusal }

/**
 * Returns what the library has verified, read once more by us. Only the signed assertion counts (`getAssertionXml`);
 * nothing is taken from the profile's own fields, where an attribute's last value may stand in place of its first.
 */
export function readSignOn(
  profile: Profile | null,
  request: SignInRequest,
  idp: TrustedIdp,
  {
    settings,
    match,
    rolesFrom,
    clock,
    acsUrl,
  }: Pick<SamlTools, 'settings' | 'match' | 'rolesFrom' | 'clock'> & { acsUrl: string },
): SignOnOutcome {
  const response = readXml(profile?.getSamlResponseXml?.() ?? '')
  if (response && all(response, 'Issuer').some(({ text }) => text !== idp.entityId))
    return { ok: false, reason: 'issuer' }
  const assertion = readXml(profile?.getAssertionXml?.() ?? '')
  if (!assertion) return { ok: false, reason: 'no-assertion' }
  // An encrypted assertion shows its algorithms only now.
  if (!hasOnlyAllowedAlgorithms(assertion)) return { ok: false, reason: 'algorithm' }

  const now = clock.now()
  const oldest = now.getTime() - settings.oldestSignOnHours * 3600_000
  const checked = checkAssertion(assertion, {
    idp: idp.entityId,
    entityId: settings.entityId,
    acsUrl,
    requestId: request.id,
    now,
    clockSkew: settings.clockSkewSeconds * 1000,
    signedOnAfter: new Date(request.fresh ? request.startedAt : oldest),
  })
  if (!checked.ok) return checked
  const { context } = checked.facts
  const mfa = context !== null && settings.mfaContexts.includes(context)
  // Asking is no proof: an identity provider may overlook what it was asked for (ASVS V6.8.4).
  if (request.mfa && !mfa) return { ok: false, reason: 'mfa-missing' }

  const { scopes, trustedAttributes } = idp
  const read = readIdentity(assertion, { ...settings, scopes, trustedAttributes, match, rolesFrom })
  if (!read.ok) return read
  const { id, provedAt, expiresAt, sessionEndsAt } = checked.facts
  return {
    ok: true,
    signOn: {
      identity: read.identity,
      provedAt,
      mfa,
      assertionId: id,
      assertionExpiresAt: expiresAt,
      sessionEndsAt,
    },
  }
}
