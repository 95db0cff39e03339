import { X509Certificate } from 'node:crypto'
import axios, { isAxiosError } from 'axios'
import type { Answer } from '../../base/answer.ts'
import type { IdpDirectory } from './settings.ts'

/** Finds each identity provider and knocks at its door; the first trouble is the answer. */
export async function tryOut(idps: string[], directory: IdpDirectory, now: Date): Promise<Answer<string>> {
  const words: string[] = []
  for (const entityId of idps) {
    const found = await directory.find(entityId)
    if (!found.ok) return found
    const knocked = await knock(found.value.signOnUrl, found.value.certificates, now)
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
async function knock(signOnUrl: string, certificates: string[], now: Date): Promise<Answer<string>> {
  try {
    const { status } = await axios.get(signOnUrl, {
      timeout: 8000,
      signal: AbortSignal.timeout(8000),
      maxRedirects: 0,
      maxContentLength: 1_000_000,
      validateStatus: () => true,
      proxy: false,
      responseType: 'text',
    })
    return { ok: true, value: `answers at ${signOnUrl} (${status}); ${describe(certificates, now)}` }
  } catch (error) {
    if (!isAxiosError(error)) throw error
    const late = error.code === 'ECONNABORTED' || error.code === 'ERR_CANCELED'
    const kind = late ? 'timeout' : 'unreachable'
    const message = `${signOnUrl} ${late ? 'gives no answer within 8 s' : `cannot be reached (${error.code ?? 'no reason given'})`}`
    return { ok: false, trouble: { kind, message } }
  }
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
