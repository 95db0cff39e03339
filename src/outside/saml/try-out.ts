import { X509Certificate } from 'node:crypto'
import type { Answer } from '../../base/answer.ts'
import type { Http } from '../http.ts'
import type { IdpDirectory, TrustedIdp } from './settings.ts'

/** Finds each identity provider and knocks at its door; the first trouble is the answer. */
export async function tryOut(
  http: Http,
  idps: string[],
  directory: IdpDirectory,
  now: Date,
): Promise<Answer<string>> {
  const words: string[] = []
  for (const entityId of idps) {
    const found = await directory.find(entityId)
    if (!found.ok) return found
    const knocked = await knock(http, found.value, now)
    if (!knocked.ok) return knocked
    words.push(knocked.value)
  }
  return { ok: true, value: words.join('; ') }
}

/**
 * Knocks at the identity provider's sign-on address without a request: any answer shows that it is there (one that gets
 * no SAMLRequest may well answer 400 or 500). Tells until when its certificates are valid; a certificate past its end
 * still counts in SAML, where trust is the metadata's, but usually means that a new one is in use.
 */
async function knock(
  http: Http,
  { signOnUrl, certificates }: TrustedIdp,
  now: Date,
): Promise<Answer<string>> {
  const outcome = await http.send({
    method: 'GET',
    url: signOnUrl,
    to: signOnUrl,
    seconds: 8,
    mostBytes: 1_000_000,
    connection: 'fresh',
  })
  if (outcome.kind !== 'answered') return { ok: false, trouble: outcome.trouble }
  const value = `answers at ${signOnUrl} (${outcome.status}); ${describe(certificates, now)}`
  return { ok: true, value }
}

function describe(certificates: string[], now: Date): string {
  const ends = certificates
    .filter((pem) => pem.includes('BEGIN CERTIFICATE'))
    .map((pem) => new X509Certificate(pem).validToDate)
  if (ends.length === 0) return 'a bare public key signs'
  const day = (end: Date) => end.toISOString().slice(0, 10)
  const words = ends.map((end) => (end < now ? `expired on ${day(end)}` : `valid until ${day(end)}`))
  return `certificate ${words.join(', ')}`
}
