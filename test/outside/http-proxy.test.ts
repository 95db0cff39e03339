import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeKeyAndCertificate } from '../../sandbox/idp/self-signed.ts'
import { createHttp } from '../../src/outside/http.ts'
import { proxyFrom } from '../../src/outside/http-proxy.ts'
import { createKoha } from '../../src/outside/koha/koha.ts'
import { createAsk } from '../../src/outside/providers/ask.ts'
import { createSaml } from '../../src/outside/saml/saml.ts'
import { about, baseUrl, memoryCache, samlSettings } from '../support/saml-world.ts'
import { type ConnectProxy, connectProxy } from './connect-proxy.ts'
import { elsasCredit, settingsFor } from './koha/koha-for-tests.ts'

const HOST = 'koha.example.invalid'
const trusted = getCACertificates('default')

let server: Server
let proxy: ConnectProxy
const requests: string[] = []

beforeAll(async () => {
  const { privateKey, certificate } = makeKeyAndCertificate(HOST)
  setDefaultCACertificates([...trusted, certificate])
  server = createServer({ key: privateKey, cert: certificate }, (request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    response.end('{"through":"the tunnel"}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  proxy = await connectProxy(() => (server.address() as AddressInfo).port)
})
afterAll(async () => {
  setDefaultCACertificates(trusted)
  await proxy.stop()
  server.close()
  server.closeAllConnections()
})
beforeEach(() => {
  requests.length = 0
  proxy.asked.length = 0
  proxy.status = 200
})

function ask(environment: NodeJS.ProcessEnv, url = `https://${HOST}/api`) {
  return urgency(environment)(url)
}

function urgency(environment: NodeJS.ProcessEnv) {
  const http = createHttp(environment)
  const usual = { method: 'GET', to: 'Koha', seconds: 10, mostBytes: 1000, connection: 'kept' } as const
  return (url: string, headers: Record<string, string> = {}) => http.send({ ...usual, url, headers })
}

describe('a proxy in the environment', () => {
  it('carries https in a tunnel that it cannot read, and the tunnel is kept', async () => {
    const send = urgency({ HTTPS_PROXY: proxy.url })
    for (let i = 0; i < 2; i += 1) {
      expect(await send(`https://${HOST}/api`, { authorization: 'key' })).toEqual({
        kind: 'answered',
        status: 200,
        text: '{"through":"the tunnel"}',
      })
    }
    expect(proxy.asked).toEqual([`CONNECT ${HOST}:443`])
    expect(requests).toEqual(['GET /api key', 'GET /api key'])
  })

  it('may want a name and a password, and may be named without http://', async () => {
    const { host } = new URL(proxy.url)
    await ask({ https_proxy: `http://kvitt:s%40crets@${host}` })
    await ask({ HTTPS_PROXY: host })
    expect(proxy.asked).toEqual([
      `CONNECT ${HOST}:443 Basic ${Buffer.from('kvitt:s@crets').toString('base64')}`,
      `CONNECT ${HOST}:443`,
    ])
  })

  it('still has the certificate checked against the name that was asked for', async () => {
    expect(await ask({ HTTPS_PROXY: proxy.url }, 'https://another.invalid/')).toEqual({
      kind: 'not-sent',
      trouble: { kind: 'unreachable', message: 'Koha cannot be reached (ERR_TLS_CERT_ALTNAME_INVALID)' },
    })
    expect(requests).toEqual([])
  })

  it('is passed by for hosts that NO_PROXY names, and for http, which it could read', async () => {
    const environment = {
      HTTPS_PROXY: proxy.url,
      HTTP_PROXY: proxy.url,
      NO_PROXY: 'a.invalid .example.invalid',
    }
    expect(await ask(environment)).toMatchObject({ kind: 'not-sent' })
    expect(await ask(environment, 'http://another.invalid/')).toMatchObject({ kind: 'not-sent' })
    expect(proxy.asked).toEqual([])
    await ask(environment, 'https://another.invalid/')
    expect(proxy.asked).toEqual(['CONNECT another.invalid:443'])
  })

  it.each([403, 407, 502])('that refuses (%i) has sent nothing on', async (status) => {
    proxy.status = status
    expect(await ask({ HTTPS_PROXY: proxy.url })).toEqual({
      kind: 'not-sent',
      trouble: { kind: 'unreachable', message: `Koha cannot be reached (the proxy answers ${status})` },
    })
  })

  it('that is not there has sent nothing on', async () => {
    expect(await ask({ HTTPS_PROXY: 'http://127.0.0.1:1' })).toMatchObject({
      kind: 'not-sent',
      trouble: { message: 'Koha cannot be reached (ECONNREFUSED)' },
    })
  })

  it.each(['socks5://127.0.0.1:1080', 'http://', 'http://kvitt:secret@:3128'])(
    'that is no address for a proxy stops us, and is not repeated: %s',
    (address) => {
      expect(() => createHttp({ HTTPS_PROXY: address })).toThrow(
        'The environment variable HTTPS_PROXY must be like http://proxy.example.se:3128',
      )
    },
  )

  it('is none when the environment names none', () => {
    expect(proxyFrom({ HTTPS_PROXY: ' ', HTTP_PROXY: proxy.url, ALL_PROXY: proxy.url })).toBeUndefined()
  })
})

describe('the proxy of the environment', () => {
  it('is asked for Koha, the payment company and the federation alike', async () => {
    vi.stubEnv('HTTPS_PROXY', proxy.url)
    vi.stubEnv('https_proxy', undefined)
    vi.stubEnv('no_proxy', undefined)
    vi.stubEnv('NO_PROXY', undefined)
    proxy.status = 403
    try {
      const koha = createKoha(settingsFor('https://koha.invalid/api/v1'))
      expect(await koha.postCredit(elsasCredit())).toMatchObject({ kind: 'not-sent' })
      const payco = { title: 'Payco', apiUrl: 'https://payco.invalid', headers: {}, answerSeconds: 5 }
      expect(await createAsk(payco)({ method: 'GET', path: '/' })).toMatchObject({ ok: false })
      expect(await samlWithMdq('https://mdq.invalid').tryOut()).toMatchObject({ ok: false })
    } finally {
      vi.unstubAllEnvs()
    }
    expect(proxy.asked).toEqual([
      'CONNECT koha.invalid:443',
      'CONNECT payco.invalid:443',
      'CONNECT mdq.invalid:443',
    ])
  })
})

function samlWithMdq(mdqUrl: string) {
  const name = { sv: 'Norra', en: 'North' }
  const idps = [{ entityId: 'https://idp.north.example', name, trustedAttributes: [] }]
  const signerCertificate = makeKeyAndCertificate('Federation').certificate
  const settings = {
    ...samlSettings,
    idp: undefined,
    scopes: [],
    federation: { mdqUrl, signerCertificate, idps },
  }
  const clock = { now: () => new Date() }
  const metadataCache = memoryCache()
  return createSaml({ settings, baseUrl, about, match: [], rolesFrom: [], clock, metadataCache })
}
