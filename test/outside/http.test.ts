import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeKeyAndCertificate } from '../../sandbox/idp/self-signed.ts'
import { createHttp, type HttpRequest } from '../../src/outside/http.ts'

const http = createHttp({})

function ask(url: string, more: Partial<HttpRequest> = {}) {
  const usual = { method: 'GET', to: 'Koha', seconds: 10, mostBytes: 1000, connection: 'kept' } as const
  return http.send({ ...usual, url, ...more })
}

describe('a request that is answered', () => {
  let server: ReturnType<typeof createServer>
  let url: string
  let answer: (response: ServerResponse, request: IncomingMessage, body: string) => void
  const connections: Socket[] = []
  beforeEach(async () => {
    connections.length = 0
    server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      answer(response, request, body)
    })
    server.on('connection', (socket: Socket) => connections.push(socket))
    url = await listening(server)
  })
  afterEach(() => closed(server))

  it('is sent as it was given, once, and any status is an answer', async () => {
    const seen: unknown[] = []
    answer = (response, { method, url: path, headers }, body) => {
      seen.push([method, path, body, headers.authorization, headers['content-length'], headers['user-agent']])
      response.writeHead(503).end('åäö')
    }
    const request = { method: 'PUT', body: 'å=1', headers: { authorization: 'secret' } } as const
    expect(await ask(`${url}/a?b=%20c`, request)).toEqual({ kind: 'answered', status: 503, text: 'åäö' })
    expect(seen).toEqual([['PUT', '/a?b=%20c', 'å=1', 'secret', '4', 'kvitt']])
  })

  it('and is a redirect goes no further', async () => {
    let calls = 0
    answer = (response) => {
      calls += 1
      response.writeHead(302, { location: `${url}/elsewhere` }).end()
    }
    expect(await ask(url)).toMatchObject({ kind: 'answered', status: 302 })
    expect(calls).toBe(1)
  })

  it('leaves the connection for the next, unless a fresh one is asked for', async () => {
    answer = (response) => response.end('yes')
    await ask(url)
    await ask(url)
    expect(connections).toHaveLength(1)
    await ask(url, { connection: 'fresh' })
    expect(connections).toHaveLength(2)
  })

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', Buffer.from],
  ])('asks for a plain body, and unpacks one that came as %s', async (encoding, pack) => {
    let asked: string | undefined
    answer = (response, { headers }) => {
      asked = headers['accept-encoding'] as string
      response.writeHead(200, { 'content-encoding': encoding }).end(pack(Buffer.from('{"å":1}')))
    }
    expect(await ask(url)).toEqual({ kind: 'answered', status: 200, text: '{"å":1}' })
    expect(asked).toBe('identity')
  })

  it.each([
    ['a packing that nobody knows', 'lzma', Buffer.from('x')],
    ['what is not packed as it says', 'gzip', Buffer.from('{"a":1}')],
    ['half of what was packed', 'gzip', gzipSync('x'.repeat(100)).subarray(0, 20)],
  ])('is lost with %s', async (_what, encoding, body) => {
    answer = (response) => response.writeHead(200, { 'content-encoding': encoding }).end(body)
    expect(await ask(url)).toEqual({
      kind: 'lost',
      trouble: { kind: 'nonsense', message: "Koha's answer cannot be unpacked" },
    })
  })

  it('is read up to its limit and not beyond, packed or not', async () => {
    answer = (response) => response.end('x'.repeat(1000))
    expect(await ask(url)).toMatchObject({ kind: 'answered', text: 'x'.repeat(1000) })
    const large = { kind: 'lost', trouble: { kind: 'nonsense', message: "Koha's answer is too large" } }
    answer = (response) => response.end('x'.repeat(1001))
    expect(await ask(url)).toEqual(large)
    answer = (response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(1001)))
    expect(await ask(url)).toEqual(large)
  })

  it('is lost when the answer breaks off', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': '500' })
      response.write('half', () => response.destroy())
    }
    expect(await ask(url)).toEqual({
      kind: 'lost',
      trouble: { kind: 'unreachable', message: 'Koha cut the connection (ECONNRESET)' },
    })
  })

  it('is lost when the answer does not come, or does not end, in time', async () => {
    const late = { kind: 'lost', trouble: { kind: 'timeout', message: 'Koha did not answer in 0.2 s' } }
    answer = () => undefined
    expect(await ask(url, { seconds: 0.2 })).toEqual(late)
    let drip: NodeJS.Timeout | undefined
    answer = (response) => {
      drip = setInterval(() => response.write(' '), 20)
    }
    expect(await ask(url, { seconds: 0.2 })).toEqual(late)
    clearInterval(drip)
  })

  it('throws when our own header cannot be written', async () => {
    await expect(ask(url, { method: 'É' as 'GET' })).rejects.toThrow(TypeError)
  })
})

describe('a request whose connection the server closes', () => {
  /** Reads `first` requests with an answer; resets the connection when one more begins to arrive on it. */
  async function fickle(first: number) {
    let arrived = 0
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined)
      socket.on('data', () => {
        arrived += 1
        if (arrived > first) socket.resetAndDestroy()
        else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
      })
    })
    return { server, url: await listening(server), arrived: () => arrived }
  }

  it.each([0, 1])('as it arrives is lost, on a connection that has served %i before', async (before) => {
    const { server, url, arrived } = await fickle(before)
    for (let i = 0; i < before; i += 1) expect(await ask(url)).toMatchObject({ kind: 'answered' })
    expect(await ask(url, { method: 'POST', body: '{}' })).toMatchObject({
      kind: 'lost',
      trouble: { kind: 'unreachable' },
    })
    expect(arrived()).toBe(before + 1)
    await closed(server)
  })
})

describe('a request that never left', () => {
  it.each([
    ['a port that is closed', 'http://127.0.0.1:1/', 'ECONNREFUSED'],
    ['a closed port with encryption', 'https://127.0.0.1:1/', 'ECONNREFUSED'],
    ['a name that nobody has', 'http://koha.invalid/', 'ENOTFOUND|EAI_AGAIN'],
  ])('is told as not sent: %s', async (_what, url, code) => {
    expect(await ask(url, { method: 'POST', body: '{}', connection: 'fresh' })).toEqual({
      kind: 'not-sent',
      trouble: {
        kind: 'unreachable',
        message: expect.stringMatching(`^Koha cannot be reached [(](?:${code})[)]$`),
      },
    })
  })

  it('is told as not sent when the certificate is not trusted, and the server has seen no request', async () => {
    const { privateKey, certificate } = makeKeyAndCertificate('localhost')
    let seen = 0
    const server = createTlsServer({ key: privateKey, cert: certificate }, (_request, response) => {
      seen += 1
      response.end('{}')
    })
    const { port } = new URL(await listening(server))
    for (const connection of ['fresh', 'kept'] as const) {
      expect(
        await ask(`https://localhost:${port}/`, { method: 'POST', body: '{}', connection }),
      ).toMatchObject({
        kind: 'not-sent',
        trouble: { message: 'Koha cannot be reached (DEPTH_ZERO_SELF_SIGNED_CERT)' },
      })
    }
    await closed(server)
    expect(seen).toBe(0)
  })

  it('is told as not sent when the handshake breaks or does not end in time', async () => {
    const silent = createTcpServer((socket) => socket.resume().on('error', () => undefined))
    const { port } = new URL(await listening(silent))
    expect(await ask(`https://localhost:${port}/`, { method: 'POST', body: '{}', seconds: 0.2 })).toEqual({
      kind: 'not-sent',
      trouble: { kind: 'unreachable', message: 'Koha cannot be reached (no connection in 0.2 s)' },
    })
    await closed(silent)

    const rude = createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
    const there = new URL(await listening(rude))
    expect(await ask(`https://localhost:${there.port}/`, { method: 'POST', body: '{}' })).toMatchObject({
      kind: 'not-sent',
    })
    await closed(rude)
  })

  it('is told as not sent when all connections are busy until its time is up, and is not sent afterwards', async () => {
    const waiting: ServerResponse[] = []
    const posts: string[] = []
    const server = createServer((request, response) => {
      if (request.method === 'POST') posts.push(request.url ?? '')
      waiting.push(response)
    })
    const url = await listening(server)
    const busy = Array.from({ length: 32 }, () => ask(url))
    expect(await ask(`${url}/late`, { method: 'POST', body: '{}', seconds: 0.3 })).toMatchObject({
      kind: 'not-sent',
    })
    for (const response of waiting) response.end('ok')
    expect((await Promise.all(busy)).every(({ kind }) => kind === 'answered')).toBe(true)
    const afterwards = ask(`${url}/next`, { method: 'POST', body: '{}' })
    await once(server, 'request')
    waiting.at(-1)?.end('ok')
    expect(await afterwards).toMatchObject({ kind: 'answered' })
    expect(posts).toEqual(['/next'])
    await closed(server)
  })
})

interface Listener {
  listen(port: number, host: string): unknown
  address(): unknown
  close(): unknown
  on(event: 'connection', seen: (socket: Socket) => void): unknown
}

const open = new WeakMap<object, Set<Socket>>()

async function listening(server: Listener): Promise<string> {
  const sockets = new Set<Socket>()
  open.set(server, sockets)
  server.on('connection', (socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server as never, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function closed(server: Listener): Promise<void> {
  server.close()
  for (const socket of open.get(server) ?? []) socket.destroy()
  await once(server as never, 'close')
}
