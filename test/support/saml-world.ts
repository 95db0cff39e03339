import { attributeNames } from '../../sandbox/idp/people.ts'
import { makeKeyAndCertificate } from '../../sandbox/idp/self-signed.ts'
import type { EnvelopeReading, IdentityProvider, SignOn } from '../../src/outside/ports/identity.ts'
import type { MatchAttribute } from '../../src/outside/saml/identity.ts'
import { createSaml } from '../../src/outside/saml/saml.ts'
import type { AboutUs, MetadataCache, SamlSettings, SamlTools } from '../../src/outside/saml/settings.ts'
import { base64, createForger } from './forger.ts'

const { eppn, displayName, mail } = attributeNames

export const idpKeys = makeKeyAndCertificate('Test identity provider')
export const idpName = 'https://idp.demo.kvitt.example/metadata'
export const baseUrl = 'https://kvitt.demo.kvitt.example'
export const acsUrl = `${baseUrl}/saml/acs`
export const serviceProvider = `${baseUrl}/saml/metadata`

export const samlSettings: SamlSettings = {
  entityId: serviceProvider,
  idp: {
    entityId: idpName,
    signOnUrl: 'https://idp.demo.kvitt.example/sign-on',
    certificates: [idpKeys.certificate],
  },
  idAttribute: eppn,
  nameAttribute: displayName,
  emailAttribute: mail,
  scopes: ['demo.kvitt.example'],
  anyScope: false,
  privateKeys: [],
  certificates: [],
  responseSigned: true,
  assertionSigned: true,
  entityCategories: [],
  mfaContexts: ['https://refeds.org/profile/mfa'],
  clockSkewSeconds: 120,
  oldestSignOnHours: 24,
}

const match: MatchAttribute[] = [
  { from: eppn, withoutScope: true },
  { from: mail, withoutScope: false },
]

/** What stands about a library in its metadata. */
export const about: AboutUs = {
  library: {
    name: { sv: 'Demouniversitetets bibliotek', en: 'Demo University Library' },
    university: { sv: 'Demouniversitetet', en: 'Demo University' },
    email: 'biblioteket@demo.kvitt.example',
    website: 'https://demo.kvitt.example/avgifter',
  },
}

/** A cache of one's own; what is in it may be looked at and changed. */
export function memoryCache(): MetadataCache & { kept: Map<string, { xml: string; fetchedAt: string }> } {
  const kept = new Map<string, { xml: string; fetchedAt: string }>()
  return {
    kept,
    read: async (entityId) => kept.get(entityId),
    write: async (entityId, xml, fetchedAt) => {
      kept.set(entityId, { xml, fetchedAt })
    },
  }
}

export function samlWith(
  changes: Partial<SamlSettings> = {},
  tools: Partial<Omit<SamlTools, 'settings'>> = {},
): IdentityProvider {
  const settings = { ...samlSettings, ...changes }
  const clock = { now: () => new Date() }
  return createSaml({
    baseUrl,
    about,
    match,
    rolesFrom: [],
    clock,
    metadataCache: memoryCache(),
    ...tools,
    settings,
  })
}

export const elsa: [name: string, ...values: string[]][] = [
  [eppn, 'elsa@demo.kvitt.example'],
  [displayName, 'Elsa Lindqvist'],
  [mail, 'elsa@demo.kvitt.example'],
]

export const forge = createForger({
  idp: idpName,
  serviceProvider,
  acsUrl,
  signer: idpKeys,
  attributes: elsa,
})

export type Verdict = { ok: true; signOn: SignOn } | { ok: false; reason: string }

/** Hands a response to the adapter as the door does: the envelope, then the strategy of the request that it answers. */
export async function submit(
  saml: IdentityProvider,
  xml: string,
  request: { id: string; idp?: string; startedAt?: string; fresh?: boolean; mfa?: boolean },
): Promise<Verdict> {
  const samlResponse = base64(xml)
  const envelope: EnvelopeReading = saml.readEnvelope(samlResponse)
  if (!envelope.ok) return envelope
  if (envelope.inResponseTo !== request.id) return { ok: false, reason: 'no-such-request' }
  return prove(saml, samlResponse, request)
}

/** The library's check and ours after it, without the look at the envelope. */
export async function prove(
  saml: IdentityProvider,
  samlResponse: string,
  {
    id,
    idp = idpName,
    startedAt = new Date().toISOString(),
    fresh = false,
    mfa = false,
  }: { id: string; idp?: string; startedAt?: string; fresh?: boolean; mfa?: boolean },
): Promise<Verdict> {
  const made = await saml.strategy({ id, idp, startedAt, fresh, mfa })
  if (!made.ok) return made
  const strategy = made.strategy as unknown as Record<string, unknown> & {
    authenticate(req: unknown, options: unknown): void
  }
  return new Promise((resolve, reject) => {
    strategy.error = reject
    strategy.success = (signOn: SignOn) => resolve({ ok: true, signOn })
    strategy.fail = (info: { message: string }) => resolve({ ok: false, reason: info.message })
    strategy.authenticate({ body: { SAMLResponse: samlResponse } }, {})
  })
}
