import { randomUUID } from 'node:crypto'
import { createConnection } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bareHeaders } from '../../src/web/middleware/security-headers.ts'
import { type Kvitt, openKvitt } from '../support/open-kvitt.ts'

let kvitt: Kvitt
let secret: string
beforeAll(async () => {
  kvitt = await openKvitt((settings) => {
    secret = settings.providers['nets-easy'].webhookSecret
    return settings
  })
})
afterAll(() => kvitt?.stop())

const webhooks = async () =>
  (await kvitt.town.context.db.query<{ n: number }>('select count(*)::int n from webhook'))[0]?.n
const credits = () => kvitt.town.koha.world.creditsOf(kvitt.town.koha.world.patron('ingrid').id).length

function paidEvent(checkoutId: string, id = randomUUID()): string {
  return JSON.stringify({
    id,
    event: 'payment.charge.created.v2',
    timestamp: new Date().toISOString(),
    data: { paymentId: checkoutId, amount: { amount: 3000, currency: 'SEK' } },
  })
}
const post = (body: string, headers: Record<string, string> = {}, path = '/webhooks/nets-easy') =>
  fetch(`${kvitt.url}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })

describe('a forged webhook', () => {
  it.each([
    ['no secret', () => ({})],
    ['a wrong secret', () => ({ authorization: 'f'.repeat(secret.length) })],
    ['a shorter one (ASVS V11.2.4)', () => ({ authorization: secret.slice(0, -1) })],
    ['a longer one', () => ({ authorization: `${secret}x` })],
    ['an empty one', () => ({ authorization: '' })],
    ['one of letters that are no ASCII', () => ({ authorization: 'å'.repeat(secret.length) })],
    ['the secret in another place', () => ({ 'x-authorization': secret })],
  ])('with %s is refused and not kept', async (_what, headers) => {
    const before = await webhooks()
    expect((await post(paidEvent('x'), headers() as Record<string, string>)).status).toBe(401)
    expect(await webhooks()).toBe(before)
  })

  it('with two secrets, one of them right, is no 500', async () => {
    const answer = await new Promise<string>((done) => {
      const socket = createConnection(Number(new URL(kvitt.url).port), '127.0.0.1')
      let text = ''
      socket.on('data', (part) => {
        text += String(part)
      })
      socket.on('close', () => done(text))
      socket.write(
        `POST /webhooks/nets-easy HTTP/1.1\r\nHost: x\r\nAuthorization: wrong\r\nAuthorization: ${secret}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
      )
    })
    expect(answer).toMatch(/^HTTP\/1\.1 4/)
  })

  it.each([
    ['another provider', '/webhooks/free-money', 404],
    ['a provider of JavaScript', '/webhooks/constructor', 404],
    ['a path in its name', '/webhooks/..%2fnets-easy', 403],
  ])('for %s finds nobody (ASVS V15.3.6)', async (_what, path, status) => {
    expect((await post('{}', { authorization: secret }, path)).status).toBe(status)
  })

  it.each([
    ['refused', '/webhooks/nets-easy', 'POST', 401],
    ['for nobody', '/webhooks/free-money', 'POST', 404],
    ['no POST', '/webhooks/nets-easy', 'GET', 405],
  ])(
    '%s is answered with the headers of every answer (ASVS V3.4.1, V3.4.3, V3.4.4, V3.4.6)',
    async (_what, path, method, status) => {
      const answer = await fetch(`${kvitt.url}${path}`, { method })
      expect([answer.status, answer.headers.get('x-content-type-options')]).toEqual([status, 'nosniff'])
      expect(answer.headers.get('content-security-policy')).toMatch(
        /default-src 'none'.*object-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/,
      )
      expect(bareHeaders('https://kvitt.demo.kvitt.example')['Strict-Transport-Security']).toBe(
        'max-age=31536000; includeSubDomains',
      )
    },
  )

  it('of 2 MB is refused (ASVS V5.2.1)', async () => {
    expect(
      (await post('x'.repeat(2_000_000), { authorization: secret }).catch(() => ({ status: 413 }))).status,
    ).toBe(413)
  })
})

describe('a webhook that lies, by somebody who has the secret (ASVS V2.3.1)', () => {
  it('changes nothing when the provider says otherwise', async () => {
    const before = credits()
    const reference = await kvitt.town.started('ingrid')
    expect((await post(paidEvent(kvitt.town.atCards(reference).id), { authorization: secret })).status).toBe(
      200,
    )
    await kvitt.town.work()
    const rows = await kvitt.town.context.db.query('select state from payment where reference = $1', [
      reference,
    ])
    expect([rows, credits()]).toEqual([[{ state: 'open' }], before])

    kvitt.town.payByCard(reference)
    const id = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        post(paidEvent(kvitt.town.atCards(reference).id, id), { authorization: secret }),
      ),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await kvitt.town.work()
    expect(credits()).toBe(before + 1)
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a number', '1'],
    ['a prototype', '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'],
    ['a deep one', '['.repeat(50_000)],
    [
      'a checkout that is a list',
      '{"id":"a","event":"payment.charge.created.v2","data":{"paymentId":["x"]}}',
    ],
  ])('is kept or refused when it holds %s, and is no 500', async (_what, body) => {
    expect((await post(body, { authorization: secret })).status).toBeLessThan(500)
    await kvitt.town.work()
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
