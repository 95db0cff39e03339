import { createConnection } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../src/database/database.ts'
import { createServerWithTimeouts } from '../../src/web/server-with-timeouts.ts'
import { type Kvitt, openKvitt, type Visitor } from '../support/open-kvitt.ts'

let kvitt: Kvitt
let elsa: Visitor
let cookie: string
let paid: string

beforeAll(async () => {
  kvitt = await openKvitt()
  paid = await kvitt.town.started('elsa')
  kvitt.town.payByCard(paid)
  await kvitt.town.work()
  elsa = await kvitt.visitor('elsa')
  cookie = elsa.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
})
afterAll(() => kvitt?.stop())

/** Raw bytes to the server, and what came back until it closed. */
function raw(port: number, text: string | Buffer): Promise<string> {
  return new Promise((done) => {
    const socket = createConnection(port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      answer += part
    })
    socket.on('error', () => done(answer))
    socket.on('close', () => done(answer))
    socket.write(text)
  })
}
const port = () => Number(new URL(kvitt.url).port)

describe('addresses that we write', () => {
  it.each([
    ['Host', 'evil.example'],
    ['X-Forwarded-Host', 'evil.example'],
    ['X-Forwarded-Proto', 'javascript'],
    ['Forwarded', 'host=evil.example'],
    ['X-Original-URL', '/audit'],
  ])('come from the settings, whatever %s says (ASVS V4.1.3)', async (name, value) => {
    for (const path of ['/', '/fees', '/payments', '/sign-in', '/saml/metadata', `/payments/${paid}`]) {
      const host = name === 'Host' ? '' : `Host: 127.0.0.1:${port()}\r\n`
      const answer = await raw(
        port(),
        `GET ${path} HTTP/1.1\r\n${host}${name}: ${value}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
      )
      expect(answer).toMatch(/^HTTP\/1\.1 (200|303)/)
      expect(answer).not.toContain('evil.example')
    }
    expect(
      [...kvitt.town.cards.world.payments.values()].map((one) => JSON.stringify(one)).join(),
    ).not.toContain('evil.example')
  })
})

describe('bodies that are odd (ASVS V5.2.1, V2.4.1)', () => {
  const bomb = gzipSync(`a=${'a'.repeat(50_000_000)}`)
  const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`${kvitt.url}${path}`, {
      method: 'POST',
      body,
      headers: { cookie, ...headers },
      redirect: 'manual',
    })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }

  it.each([
    ['30 kB', () => `a=${'a'.repeat(30_000)}`, form],
    ['700 fields', () => Array.from({ length: 700 }, (_, n) => `a${n}=1`).join('&'), form],
    ['a gzip bomb', () => bomb, { ...form, 'content-encoding': 'gzip' }],
    ['JSON', () => '{"_csrf": true}', { 'content-type': 'application/json' }],
    ['no type', () => 'a=1', { 'content-type': '' }],
    ['a file', () => '--x\r\n\r\n\r\n--x--', { 'content-type': 'multipart/form-data; boundary=x' }],
    [
      'an unknown charset',
      () => 'a=1',
      { 'content-type': 'application/x-www-form-urlencoded; charset=utf-7' },
    ],
    ['an unknown encoding', () => 'a=1', { ...form, 'content-encoding': 'zstd' }],
    ['broken percents', () => '%=%zz&%E0%A4%A=1', form],
    ['a null', () => 'a=%00', form],
  ])('%s: refused with 4xx, quickly', async (_what, body, headers) => {
    const start = performance.now()
    for (const path of ['/payments', '/sign-out', '/saml/acs', '/language', '/nothing-here']) {
      const { status } = await post(path, body(), headers)
      expect([path, status >= 400 && status < 500]).toEqual([path, true])
    }
    expect(performance.now() - start).toBeLessThan(5000)
  })

  it('17 kB of headers: refused (ASVS V5.2.1)', async () => {
    expect(await raw(port(), `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(17_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431/,
    )
  })

  it.each([
    ['two lengths', 'Content-Length: 4\r\nContent-Length: 5'],
    ['a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked'],
    ['an odd transfer', 'Transfer-Encoding: xchunked'],
  ])(
    '%s: refused, so that no proxy can be fooled about where a request ends (ASVS V4.2.1)',
    async (_what, lines) => {
      const answer = await raw(port(), `POST /payments HTTP/1.1\r\nHost: x\r\n${lines}\r\n\r\na=1&`)
      expect(answer).toMatch(/^HTTP\/1\.1 4/)
    },
  )

  it.each(['TRACE', 'CONNECT', 'DEBUG', 'get'])(
    'the method %s: refused (ASVS V4.1.4, V13.4.4)',
    async (method) => {
      const answer = await raw(port(), `${method} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      expect(answer).not.toMatch(/^HTTP\/1\.1 2/)
    },
  )
})

describe('who sends slowly (ASVS V15.2.2)', () => {
  it.each([
    ['half of the headers', 'GET / HTTP/1.1\r\nHost: x\r\nX-Half: '],
    ['half of the body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf'],
  ])('%s is let go', async (_what, text) => {
    const server = createServerWithTimeouts(
      (request, response) => request.resume().on('end', () => response.end()),
      {
        headers: 100,
        request: 200,
        check: 50,
      },
    )
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    const answer = await raw(typeof address === 'object' && address ? address.port : 0, text)
    expect(answer).toMatch(/^HTTP\/1\.1 408/)
    await new Promise((done) => server.close(done))
  })
})

describe('every answer', () => {
  const pages = () => [
    '/',
    '/fees',
    '/payments',
    `/payments/${paid}`,
    `/payments/${paid}/receipt.pdf`,
    `/payments/${paid}/status`,
    '/terms',
    '/sign-in',
    '/saml/metadata',
    '/economy',
    '/nothing-here',
    '/sign-in?to=//evil.example',
  ]

  it('is kept by nobody (ASVS V14.2.2, V14.3.2)', async () => {
    for (const path of pages())
      expect([path, (await elsa.get(path)).headers.get('cache-control')]).toEqual([path, 'no-store'])
  })

  it('may be framed by nobody and runs nothing but our own file (ASVS V3.4.3, V3.4.4, V3.4.6)', async () => {
    for (const path of [...pages(), '/assets/nothing.css', '/healthz']) {
      const { headers } = await elsa.get(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect([
        path,
        policy.includes("frame-ancestors 'none'"),
        policy.includes("default-src 'none'"),
      ]).toEqual([path, true, true])
      expect(policy).not.toMatch(/unsafe-|\*|data:(?! *;)[^;]*script/)
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('tells nothing about what it runs on (ASVS V13.4.6)', async () => {
    for (const path of pages()) {
      const { headers } = await elsa.get(path)
      expect([headers.get('server'), headers.get('x-powered-by'), headers.get('etag')]).toEqual([
        null,
        null,
        null,
      ])
    }
  })

  it('asks the browser to forget at sign-out (ASVS V14.3.1)', async () => {
    const other = await kvitt.visitor('amir')
    const out = await other.post('/sign-out', [])
    expect(out.headers.get('clear-site-data')).toBe('"cache", "storage"')
    expect((await other.get('/fees')).status).toBe(303)
  })
})

describe('what goes wrong', () => {
  it('shows a page and a reference, and nothing of the inside (ASVS V16.5.1, V16.5.4)', async () => {
    const owner = connect({ url: kvitt.town.database.url, connections: 1, as: 'owner' })
    await owner.query('alter table payment rename to payment_away')
    const page = await elsa.get('/payments')
    await owner.query('alter table payment_away rename to payment')
    await owner.close()
    expect(page.status).toBe(500)
    expect(page.html).not.toMatch(/relation|select |\bat .*\.ts|node_modules|payment_away|Error:/)
    expect(
      kvitt.town.logged.some(
        ({ event, reference }) => event === 'request.failed' && page.html.includes(String(reference)),
      ),
    ).toBe(true)
  })

  it('when Koha writes a page of its own, shows none of it (ASVS V16.5.2)', async () => {
    kvitt.town.koha.world.faults.add({ kind: 'html', on: 'all', times: 1 })
    const page = await elsa.get('/fees')
    expect([page.status, page.html.includes('Sign in to Koha')]).toEqual([503, false])
  })
})

describe('the log (ASVS V16.4.1, V16.2.5)', () => {
  it('holds one line for each line, whatever is sent, and nothing of what was typed', async () => {
    const start = kvitt.town.logged.length
    const nasty = '\u001b[31mred 19900101-1234 elsa@demo.kvitt.example'
    await elsa.get(
      `/payments/${encodeURIComponent(`${nasty}\r\n{"level":"fatal"}`)}?x=${encodeURIComponent(nasty)}`,
    )
    await raw(
      port(),
      `GET /fees HTTP/1.1\r\nHost: x\r\nUser-Agent: 19900101-1234 {"a":1}\r\nReferer: http://x/19900101-1234\r\nX-Request-Id: 19900101-1234\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
    )
    await elsa.post('/payments', [
      ['email', 'elsa@demo.kvitt.example'],
      ['x', nasty],
    ])
    const lines = kvitt.town.logged.slice(start)
    expect(lines.length).toBeGreaterThan(2)
    expect(JSON.stringify(lines)).not.toMatch(/19900101|elsa@|\\u001b|fatal/)
  })
})
