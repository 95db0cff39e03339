import { Agent, type AgentOptions } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { Axios, type AxiosAdapter } from 'axios'
import type { Trouble } from '../base/answer.ts'
import { type Exchanged, exchange } from './http-exchange.ts'
import { type ProxySettings, proxyFrom } from './http-proxy.ts'

/** One HTTP request to a neighbour. `body` is sent as it is. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT'
  url: string
  headers?: Record<string, string>
  body?: string
  /** What people call the neighbour; messages of trouble begin with it. */
  to: string
  /** From the first look-up of the name to the last byte of the answer. */
  seconds: number
  /** The largest answer that is read, as it comes and unpacked. */
  mostBytes: number
  /** `fresh` for what must not be repeated: a kept connection that the server has just closed loses the request. */
  connection: 'kept' | 'fresh'
}

/**
 * What became of a request. `not-sent`: no byte of it has left. `lost`: it may have been received, and no whole answer
 * came. Any status is an answer, a redirect's too.
 */
export type HttpOutcome =
  | { kind: 'answered'; status: number; text: string }
  | { kind: 'not-sent' | 'lost'; trouble: Trouble }

export interface Http {
  send(request: HttpRequest): Promise<HttpOutcome>
}

/** Servers commonly close an idle connection after five seconds (Apache's KeepAliveTimeout); we do so before them. */
const IDLE_MILLISECONDS = 4000
const MOST_CONNECTIONS = 32

/**
 * Returns the client for every HTTP request that Kvitt makes, with connections of its own. It returns each outside failure
 * as a value; messages hold neither what was sent nor what came. Redirects are not followed, since they would carry the
 * key to another address. Certificates are checked. https goes by the proxy of the environment (see http-proxy.ts).
 * Throws when that proxy is no address.
 */
export function createHttp(environment: NodeJS.ProcessEnv = process.env): Http {
  const proxyEnv = proxyFrom(environment)
  const kept = { keepAlive: true, maxSockets: MOST_CONNECTIONS, timeout: IDLE_MILLISECONDS }
  const agents = {
    kept: agentsWith(kept, proxyEnv),
    fresh: agentsWith({ keepAlive: false }, proxyEnv),
  }
  // The class and not axios.create(), whose defaults would be merged into each request.
  const wire = new Axios({ adapter: exchangeAdapter })

  return {
    async send({ method, url, headers, body, to, seconds, mostBytes, connection }) {
      const { data } = await wire.request<Exchanged>({
        method,
        url,
        headers: { 'accept-encoding': 'identity', 'user-agent': 'kvitt', ...headers },
        data: body,
        timeout: seconds * 1000,
        maxContentLength: mostBytes,
        ...agents[connection],
      })
      return data.kind === 'answered' ? data : { kind: data.kind, trouble: troubleOf(data, to, seconds) }
    },
  }
}

function agentsWith(options: AgentOptions, proxyEnv: ProxySettings | undefined) {
  return {
    httpAgent: new Agent(options),
    httpsAgent: new HttpsAgent({ ...options, ...(proxyEnv && { proxyEnv: { ...proxyEnv } }) }),
  }
}

/**
 * axios over an exchange of our own. Its own adapter costs more of the processor than the exchange, and does not tell a
 * request that never left from one that was lost. What became of the request is the response's data; axios's own
 * status is not read.
 */
const exchangeAdapter: AxiosAdapter = async (config) => {
  const { method = 'GET', url = '', headers, data, timeout = 0, maxContentLength = 0 } = config
  const exchanged = await exchange({
    method: method.toUpperCase(),
    url,
    headers: headers.toJSON() as Record<string, string>,
    body: data as string | undefined,
    agent: url.startsWith('https:') ? config.httpsAgent : config.httpAgent,
    milliseconds: timeout,
    mostBytes: maxContentLength,
  })
  return { data: exchanged, status: 0, statusText: '', headers: {}, config }
}

/** The table of what can go wrong on the way, in words for staff. */
function troubleOf(
  { kind, why, code }: Exclude<Exchanged, { kind: 'answered' }>,
  to: string,
  seconds: number,
): Trouble {
  if (kind === 'not-sent') {
    const detail = why === 'late' ? `no connection in ${seconds} s` : code
    return { kind: 'unreachable', message: `${to} cannot be reached (${detail})` }
  }
  switch (why) {
    case 'late':
      return { kind: 'timeout', message: `${to} did not answer in ${seconds} s` }
    case 'too-large':
      return { kind: 'nonsense', message: `${to}'s answer is too large` }
    case 'packed':
      return { kind: 'nonsense', message: `${to}'s answer cannot be unpacked` }
    case 'cut':
      return { kind: 'unreachable', message: `${to} cut the connection (${code})` }
  }
}
