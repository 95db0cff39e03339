import { createHttp, type Http } from '../http.ts'
import type { IdentityProvider } from '../ports/identity.ts'
import { readEnvelope } from './envelope.ts'
import { helpAddress } from './error-url.ts'
import { federationDirectory } from './federation.ts'
import { createLibrary } from './library.ts'
import { directoryOfOne } from './one-idp.ts'
import { ourMetadata } from './our-metadata.ts'
import { ACS_PATH, type IdpDirectory, type SamlSettings, type SamlTools } from './settings.ts'
import { readSignOn } from './sign-on.ts'
import { tryOut } from './try-out.ts'

/**
 * Sign-in by SAML behind the port: one identity provider from the settings, or several from a federation's metadata; our
 * own checks before and after the library's. Throws when a certificate or key in the settings cannot be read.
 */
export function createSaml(tools: SamlTools): IdentityProvider {
  const { settings, baseUrl, clock } = tools
  const acsUrl = `${baseUrl}${ACS_PATH}`
  const http = createHttp()
  const directory = directoryFor(http, tools)
  const library = createLibrary(settings, acsUrl)
  const choices = choicesOf(settings)
  const idps = choices.map(({ entityId }) => entityId)

  return {
    choices,
    origins: settings.idp ? [new URL(settings.idp.signOnUrl).origin] : [],
    signInUrl: async (request) => {
      const found = await directory.find(request.idp)
      return found.ok ? { ok: true, value: await library.signInUrl(found.value, request) } : found
    },
    readEnvelope: (samlResponse) => {
      const { responseSigned } = settings
      const outcome = readEnvelope(samlResponse, { acsUrl, idps, responseSigned })
      return outcome.ok ? { ok: true, inResponseTo: outcome.envelope.inResponseTo } : outcome
    },
    strategy: async (request) => {
      const found = await directory.find(request.idp)
      if (!found.ok) return { ok: false, reason: 'other-idp' }
      const read = (profile: Parameters<typeof readSignOn>[0]) =>
        readSignOn(profile, request, found.value, { ...tools, acsUrl })
      return { ok: true, strategy: library.strategy(found.value, request, read) }
    },
    helpUrl: async (idp, missing, now) => {
      const found = await directory.find(idp)
      if (!found.ok) return null
      const { entityId, mfaContexts } = settings
      return helpAddress(found.value.errorUrl, { entityId, now, ...(missing === 'mfa' && { mfaContexts }) })
    },
    metadata: () => ourMetadata(tools, acsUrl),
    tryOut: () => tryOut(http, idps, directory, clock.now()),
  }
}

function directoryFor(http: Http, { settings, clock, metadataCache }: SamlTools): IdpDirectory {
  if (settings.federation)
    return federationDirectory({ http, federation: settings.federation, clock, metadataCache })
  if (settings.idp) return directoryOfOne(settings.idp, settings.anyScope ? 'any' : settings.scopes)
  throw new Error('saml: neither idp nor federation is given')
}

function choicesOf({ idp, federation }: SamlSettings): IdentityProvider['choices'] {
  if (idp) return [{ entityId: idp.entityId, name: null }]
  return (federation?.idps ?? []).map(({ entityId, name }) => ({ entityId, name }))
}
