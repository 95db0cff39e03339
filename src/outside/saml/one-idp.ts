import { asPem } from './pem.ts'
import type { IdpDirectory, IdpSettings, TrustedIdp } from './settings.ts'

/** Returns a directory of one: the identity provider of the settings, believed in all that it says in its scopes. */
export function directoryOfOne(settings: IdpSettings, scopes: TrustedIdp['scopes']): IdpDirectory {
  const idp: TrustedIdp = {
    entityId: settings.entityId,
    signOnUrl: settings.signOnUrl,
    certificates: settings.certificates.map(readable),
    scopes,
    trustedAttributes: 'all',
    errorUrl: settings.errorUrl ?? null,
  }
  return {
    find: async (entityId) =>
      entityId === idp.entityId
        ? { ok: true, value: idp }
        : { ok: false, trouble: { kind: 'refused', message: 'no such identity provider in the settings' } },
  }
}

function readable(certificate: string): string {
  try {
    return asPem(certificate)
  } catch {
    throw new Error(
      'saml.idp.certificates: one of them is no readable certificate with an RSA key of 2048 bits or more',
    )
  }
}
