import { z } from 'zod'
import type { Answer } from '../../base/answer.ts'
import { accept } from './answers.ts'
import type { Exchange } from './exchange.ts'

export type KohaAuth =
  | { kind: 'oauth'; clientId: string; clientSecret: string }
  | { kind: 'basic'; user: string; password: string }

export interface Authorisation {
  /** The value of the Authorization header. */
  header(): Promise<Answer<string>>
  /** Forgets a header that Koha has refused. True when a new one may be had. */
  forget(refused: string): boolean
}

interface Options {
  auth: KohaAuth
  exchange: Exchange
  seconds: number
  clock: { now(): Date }
}

/** OAuth2 client credentials (Koha/REST/V1/OAuth.pm: no refresh token, no scopes, life one hour) or HTTP basic. */
export function createAuthorisation({ auth, exchange, seconds, clock }: Options): Authorisation {
  if (auth.kind === 'oauth') return tokens(() => fetchToken(auth, exchange, seconds), clock)
  const value = `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}`
  return { header: async () => ({ ok: true, value }), forget: () => false }
}

const token = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  expires_in: z.number().positive(),
})

async function fetchToken(
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
  exchange: Exchange,
  seconds: number,
): Promise<Answer<z.infer<typeof token>>> {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
  const reply = await exchange({
    method: 'POST',
    path: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    seconds,
    connection: 'kept',
  })
  return accept(reply, token)
}

/** Keeps one token until shortly before it ends; however many ask at once, one is fetched. */
function tokens(
  fetchOne: () => Promise<Answer<z.infer<typeof token>>>,
  clock: { now(): Date },
): Authorisation {
  let current: { header: string; until: number } | undefined
  let fetching: Promise<Answer<string>> | undefined

  async function renew(): Promise<Answer<string>> {
    const asked = clock.now().getTime()
    const answer = await fetchOne()
    if (!answer.ok) return answer
    const { access_token, expires_in } = answer.value
    const header = `Bearer ${access_token}`
    current = { header, until: asked + (expires_in - Math.min(60, expires_in / 2)) * 1000 }
    return { ok: true, value: header }
  }

  return {
    header() {
      if (current && clock.now().getTime() < current.until) {
        return Promise.resolve({ ok: true, value: current.header })
      }
      fetching ??= renew().finally(() => {
        fetching = undefined
      })
      return fetching
    },
    forget(refused) {
      if (current?.header === refused) current = undefined
      return true
    },
  }
}
