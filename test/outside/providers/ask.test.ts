import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeText, createAsk, statusTrouble } from '../../../src/outside/providers/ask.ts'
import { type CannedServer, cannedServer } from './canned-server.ts'

const KEY = 'sk_live_never_to_be_seen'

let server: CannedServer

beforeAll(async () => {
  server = await cannedServer()
})

afterAll(async () => {
  await server.stop()
})

describe('one call to a provider', () => {
  const ask = (answerSeconds = 5) =>
    createAsk({ title: 'Payco', apiUrl: server.url, headers: { authorization: KEY }, answerSeconds })

  it('hands over any status, with its JSON', async () => {
    server.answer = (response) => response.writeHead(409).end('{"a":1}')
    expect(await ask()({ method: 'GET', path: '/x' })).toEqual({
      ok: true,
      value: { status: 409, body: { a: 1 } },
    })
  })

  it('takes an error status without JSON, and not a success without JSON', async () => {
    server.answer = (response) => response.writeHead(502).end('<html>Bad Gateway</html>')
    expect(await ask()({ method: 'GET', path: '/x' })).toEqual({
      ok: true,
      value: { status: 502, body: undefined },
    })
    server.answer = (response) => response.writeHead(200).end('<html>Welcome</html>')
    expect(await ask()({ method: 'GET', path: '/x' })).toMatchObject({
      ok: false,
      trouble: { kind: 'nonsense' },
    })
  })

  it('does not carry the key along a redirect', async () => {
    server.asked.length = 0
    server.answer = (response) => response.writeHead(307, { location: `${server.url}/elsewhere` }).end()
    expect(await ask()({ method: 'POST', path: '/x', body: '{}' })).toMatchObject({ value: { status: 307 } })
    expect(server.asked).toHaveLength(1)
  })

  it('gives up on an answer that drips for ever', async () => {
    let drip: NodeJS.Timeout | undefined
    server.answer = (response) => {
      response.writeHead(200)
      drip = setInterval(() => response.write(' '), 20)
    }
    const answer = await ask(0.2)({ method: 'GET', path: '/x' })
    clearInterval(drip)
    expect(answer).toMatchObject({ ok: false, trouble: { kind: 'timeout' } })
  })

  it('gives up on an answer without end', async () => {
    server.answer = (response) => response.writeHead(200).end(`"${'x'.repeat(2_000_000)}"`)
    expect(await ask()({ method: 'GET', path: '/x' })).toMatchObject({
      ok: false,
      trouble: { kind: 'nonsense' },
    })
  })

  it('says that the line broke when it broke', async () => {
    server.answer = (response) => response.socket?.destroy()
    const answer = await ask()({ method: 'GET', path: '/x' })
    expect(answer).toEqual({
      ok: false,
      trouble: { kind: 'unreachable', message: 'Payco cut the connection (ECONNRESET)' },
    })
    expect(JSON.stringify(answer)).not.toContain(KEY)
  })
})

describe('trouble in words', () => {
  it.each([
    [401, 'forbidden'],
    [403, 'forbidden'],
    [404, 'refused'],
    [429, 'refused'],
    [500, 'broken'],
    [302, 'nonsense'],
  ])('calls %i %s', (status, kind) => {
    expect(statusTrouble('Payco', status)).toMatchObject({
      kind,
      message: expect.stringContaining(String(status)),
    })
  })

  it('lets only the letters of a code into a message', () => {
    expect(codeText('order.Items[0].Name')).toBe('order.Items[0].Name')
    expect(codeText('Elsa <elsa@example.se>\n')).toBe('Elsaelsaexample.se')
    expect(codeText({ code: 1 })).toBe('')
    expect(codeText('x'.repeat(1000))).toHaveLength(100)
  })
})
