import type { Answer } from '../../base/answer.ts'
import type { Http } from '../http.ts'
import { fetchMetadata } from './fetch-metadata.ts'
import { asPem } from './pem.ts'
import { type IdpMetadata, readIdpMetadata } from './read-metadata.ts'
import type { FederationSettings, IdpDirectory, MetadataCache, TrustedIdp } from './settings.ts'
import { verifiedMetadata } from './verify-metadata.ts'

/** How long metadata is used before it is asked for again, whatever the federation wishes, milliseconds. */
const SHORTEST_USE = 10 * 60_000
const LONGEST_USE = 8 * 3600_000
/** After a failed question, the next one waits: not every sign-in asks a federation that is down. */
const PAUSE = 30_000

interface CachedMetadata {
  metadata: IdpMetadata
  /** When to ask again, milliseconds of the epoch. */
  askAt: number
}

interface FederationTools {
  http: Http
  federation: FederationSettings
  clock: { now(): Date }
  metadataCache: MetadataCache
}

/**
 * Returns the identity providers of the settings, as the federation's signed metadata describes them. An answer is
 * used until it is due to be asked for again, and, while the federation is silent, until its own validUntil: from
 * memory, or from the cache that instances share and that outlives a restart. Nothing counts unless the pinned signer
 * has signed it.
 */
export function federationDirectory({
  http,
  federation,
  clock,
  metadataCache,
}: FederationTools): IdpDirectory {
  const signer = asPem(federation.signerCertificate)
  const known = new Map<string, CachedMetadata>()
  const asking = new Map<string, Promise<Answer<IdpMetadata>>>()

  const accept = (xml: string, entityId: string, fetchedAt: number): Answer<IdpMetadata> => {
    const signed = verifiedMetadata(xml, signer)
    const reading = signed === undefined ? undefined : readIdpMetadata(signed, entityId, clock.now())
    if (!reading?.ok) return nonsense(entityId, reading?.why ?? "does not carry the federation's signature")
    const { metadata } = reading
    const use = (metadata.cacheSeconds ?? Number.POSITIVE_INFINITY) * 1000
    const askAt = fetchedAt + Math.min(Math.max(use, SHORTEST_USE), LONGEST_USE)
    known.set(entityId, { metadata, askAt })
    return { ok: true, value: metadata }
  }

  const ask = async (entityId: string): Promise<Answer<IdpMetadata>> => {
    const now = clock.now()
    const cached = known.has(entityId) ? undefined : await metadataCache.read(entityId)
    if (cached) accept(cached.xml, entityId, Date.parse(cached.fetchedAt))
    const before = known.get(entityId)
    if (before && now.getTime() < before.askAt) return { ok: true, value: before.metadata }

    const fetched = await fetchMetadata(http, federation.mdqUrl, entityId)
    const answer = fetched.ok ? accept(fetched.value, entityId, now.getTime()) : fetched
    if (answer.ok && fetched.ok) await metadataCache.write(entityId, fetched.value, now.toISOString())
    if (answer.ok || !before || Date.parse(before.metadata.validUntil) <= now.getTime()) return answer
    known.set(entityId, { ...before, askAt: now.getTime() + PAUSE })
    return { ok: true, value: before.metadata }
  }

  return {
    find: async (entityId) => {
      const listed = federation.idps.find((idp) => idp.entityId === entityId)
      // A name out of an address becomes a question only when it stands in the settings.
      if (!listed)
        return { ok: false, trouble: { kind: 'refused', message: 'not listed in saml.federation' } }
      const now = clock.now().getTime()
      const held = known.get(entityId)
      if (held && now < held.askAt && now < Date.parse(held.metadata.validUntil))
        return { ok: true, value: trusted(held.metadata, listed.trustedAttributes) }

      const question = asking.get(entityId) ?? ask(entityId).finally(() => asking.delete(entityId))
      asking.set(entityId, question)
      const answer = await question
      return answer.ok ? { ok: true, value: trusted(answer.value, listed.trustedAttributes) } : answer
    },
  }
}

function trusted(metadata: IdpMetadata, trustedAttributes: string[]): TrustedIdp {
  const { entityId, signOnUrl, certificates, scopes, errorUrl } = metadata
  return { entityId, signOnUrl, certificates, scopes, errorUrl, trustedAttributes }
}

function nonsense(entityId: string, why: string): Answer<IdpMetadata> {
  return { ok: false, trouble: { kind: 'nonsense', message: `the metadata of ${entityId} ${why}` } }
}
