import { randomBytes } from 'node:crypto'
import type { Preferences } from '../booking.ts'
import { failed, type Result } from './call.ts'

/** What opens the API: one OAuth client and one user for basic. */
export interface Key {
  clientId: string
  clientSecret: string
  user: string
  password: string
}

const LIFE_SECONDS = 3600

export interface Keys {
  /** POST /oauth/token with its form. */
  issue(form: unknown): Result
  /** Undefined when the Authorization header is good. */
  refusal(header: string | undefined): Result | undefined
  revokeAll(): void
}

const noEntry = failed(401, 'Authentication failure.')

/** Koha's ways in (Koha/REST/V1/Auth.pm, OAuth.pm): a bad bearer is 401 at once, wrong basic credentials are 403. */
export function createKeys(key: Key, preferences: Preferences, now: () => Date): Keys {
  const tokens = new Map<string, number>()

  function issue(form: unknown): Result {
    const { grant_type, client_id, client_secret } = (form ?? {}) as Record<string, unknown>
    if (!preferences.RESTOAuth2ClientCredentials || grant_type !== 'client_credentials') {
      return failed(400, 'Unimplemented grant type')
    }
    if (client_id !== key.clientId || client_secret !== key.clientSecret)
      return failed(403, 'unauthorized_client')
    const token = `${randomBytes(18).toString('base64url')}`
    tokens.set(token, now().getTime() + LIFE_SECONDS * 1000)
    return {
      status: 200,
      json: { access_token: token, token_type: 'Bearer', expires_in: LIFE_SECONDS },
    }
  }

  function basicRefusal(value: string): Result | undefined {
    if (!preferences.RESTBasicAuth) return failed(401, 'Basic authentication disabled')
    const given = Buffer.from(value, 'base64').toString('utf8')
    return given === `${key.user}:${key.password}` ? undefined : failed(403, 'Invalid password')
  }

  return {
    issue,
    refusal(header = '') {
      const [scheme, value = ''] = header.split(' ', 2)
      if (scheme === 'Basic') return basicRefusal(value)
      const until = scheme === 'Bearer' ? tokens.get(value) : undefined
      return until !== undefined && now().getTime() < until ? undefined : noEntry
    },
    revokeAll: () => tokens.clear(),
  }
}
