import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { base64 } from '../../../support/forger.ts'
import { baseUrl, forge, samlWith } from '../../../support/saml-world.ts'
import { createSignInApp, patronOf } from '../../../support/sign-in-app.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

function behindProxy(trustProxy: number) {
  return createSignInApp({
    db: database.db,
    baseUrl,
    trustProxy,
    identityProvider: samlWith(),
    findPatrons: async () => ({ ok: true, value: [patronOf(101, 'elsa')] }),
  })
}

/** The request that was asked for, out of the address at the identity provider: it is the newest row. */
async function newestRequest(): Promise<string> {
  const rows = await database.db.query<{ id: string }>(
    'select id from sign_in_request order by expires_at desc limit 1',
  )
  return rows[0]?.id ?? ''
}

describe('cookies on https', () => {
  it('are __Host-, Secure and HttpOnly; only the one for the sign-in under way crosses sites (ASVS V3.3.1, V3.3.2, V3.3.3, V3.3.4)', async () => {
    const { app } = behindProxy(1)
    const https = { 'X-Forwarded-Proto': 'https' }
    const start = await request(app).get('/sign-in').set(https)
    const [login = ''] = start.get('Set-Cookie') ?? []
    expect(login).toMatch(
      /^__Host-kvitt-login=[\w-]{43}; Max-Age=600; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=None$/,
    )

    const samlResponse = base64(forge(await newestRequest()))
    const back = await request(app)
      .post('/saml/acs')
      .set({
        ...https,
        Cookie: login.split(';')[0] ?? '',
        'Sec-Fetch-Site': 'cross-site',
        Origin: 'https://idp.demo.kvitt.example',
      })
      .type('form')
      .send({ SAMLResponse: samlResponse })
    expect(back.status).toBe(303)
    const cookies = back.get('Set-Cookie') ?? []
    expect(cookies.find((line) => line.startsWith('__Host-kvitt='))).toMatch(
      /; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect(cookies.find((line) => line.startsWith('__Host-kvitt-login='))).toMatch(
      /^__Host-kvitt-login=;.*1970/,
    )
    expect(cookies.join()).not.toContain('Domain')
  })

  it('tell the operator, once, when the proxy hides that it is https', async () => {
    const { app, lines } = behindProxy(0)
    await request(app).get('/').set('X-Forwarded-Proto', 'https')
    await request(app).get('/').set('X-Forwarded-Proto', 'https')
    expect(lines.filter((line) => line.includes('X-Forwarded-Proto'))).toHaveLength(1)
  })

  it('leave the nonce alone that another tab still needs, and replace one that is not ours', async () => {
    const { app } = behindProxy(1)
    const nonceAfter = async (cookie: string) => {
      const answer = await request(app).get('/sign-in').set({ 'X-Forwarded-Proto': 'https', Cookie: cookie })
      return /=([\w-]+);/.exec((answer.get('Set-Cookie') ?? [''])[0] ?? '')?.[1]
    }
    const ours = 'n'.repeat(43)
    expect(await nonceAfter(`__Host-kvitt-login=${ours}`)).toBe(ours)
    expect(await nonceAfter(`kvitt-login=${ours}`)).not.toBe(ours)
    expect(await nonceAfter('__Host-kvitt-login=short')).not.toBe('short')
    expect(await nonceAfter(`__Host-kvitt-login=${ours}; __Host-kvitt-login=${'m'.repeat(43)}`)).not.toMatch(
      /^(n+|m+)$/,
    )
  })

  it('start sign-ins that nobody finishes, and forget them', async () => {
    const { app } = behindProxy(1)
    await database.db.query(`update sign_in_request set expires_at = now() - interval '1 minute'`)
    await request(app).get('/sign-in')
    expect(await database.db.query('select id from sign_in_request')).toHaveLength(1)
  })
})
