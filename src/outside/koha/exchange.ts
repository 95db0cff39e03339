import http from 'node:http'
import https from 'node:https'
import axios, { type AxiosError } from 'axios'
import type { Trouble } from '../../base/answer.ts'

/** One HTTP question to Koha. `body` is sent as it is; `path` comes after the API's address. */
export interface Request {
  method: 'GET' | 'POST'
  path: string
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: string
  seconds: number
  /** `fresh` for what must not be repeated: a kept connection that Koha has just closed loses the request. */
  connection: 'kept' | 'fresh'
}

/**
 * What came of it. `not-sent`: Koha never saw the request. `lost`: it may have, and no whole answer came.
 * `json` is undefined when the body was not JSON.
 */
export type Reply =
  | { kind: 'answered'; status: number; json: unknown }
  | { kind: 'not-sent'; trouble: Trouble }
  | { kind: 'lost'; trouble: Trouble }

export type Exchange = (request: Request) => Promise<Reply>

/** An account with 500 lines is 0.4 MB; ten thousand titles would still fit. */
const MOST_BYTES = 16 * 1024 * 1024

/** The wire to one Koha, `url` being its API's address without a trailing slash. Answers every outside failure as a value. */
export function createExchange(url: string): Exchange {
  const agents = {
    kept: {
      httpAgent: new http.Agent({ keepAlive: true, maxSockets: 32 }),
      httpsAgent: new https.Agent({ keepAlive: true, maxSockets: 32 }),
    },
    fresh: {
      httpAgent: new http.Agent({ keepAlive: false }),
      httpsAgent: new https.Agent({ keepAlive: false }),
    },
  }
  // Redirects would carry the key to another address; a proxy of the environment would read it.
  const wire = axios.create({
    adapter: 'http',
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MOST_BYTES,
    maxBodyLength: MOST_BYTES,
    responseType: 'text',
    transformResponse: [(text: unknown) => text],
    validateStatus: () => true,
  })

  return async ({ method, path, query, headers, body, seconds, connection }) => {
    const search = query ? `?${new URLSearchParams(query)}` : ''
    try {
      const { status, data } = await wire.request<unknown>({
        ...agents[connection],
        method,
        url: `${url}${path}${search}`,
        headers: { accept: 'application/json', 'user-agent': 'kvitt', ...headers },
        data: body,
        signal: AbortSignal.timeout(seconds * 1000),
      })
      return { kind: 'answered', status, json: parsed(data) }
    } catch (error) {
      if (!axios.isAxiosError(error)) throw error
      return failure(error, seconds)
    }
  }
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}

// The error itself holds the request with its key: only its code goes further.
function failure(error: AxiosError, seconds: number): Reply {
  const code = /^[A-Z0-9_]{1,50}$/.test(error.code ?? '') ? error.code : 'no code'
  if (beforeTheRequest(error)) {
    return {
      kind: 'not-sent',
      trouble: { kind: 'unreachable', message: `Koha cannot be reached (${code})` },
    }
  }
  if (code === 'ERR_CANCELED') {
    return { kind: 'lost', trouble: { kind: 'timeout', message: `Koha did not answer in ${seconds} s` } }
  }
  if (/maxContentLength/.test(error.message)) {
    return { kind: 'lost', trouble: { kind: 'nonsense', message: "Koha's answer is too large" } }
  }
  return { kind: 'lost', trouble: { kind: 'unreachable', message: `Koha cut the connection (${code})` } }
}

/** Failed while looking up the name, connecting or checking the certificate: no byte of the request had left. */
function beforeTheRequest(error: AxiosError): boolean {
  const cause: unknown = error.cause ?? error
  const attempts: unknown[] = cause instanceof AggregateError ? cause.errors : [cause]
  return attempts.length > 0 && attempts.every(endedBeforeSending)
}

function endedBeforeSending(cause: unknown): boolean {
  const { syscall, code = '' } = cause as NodeJS.ErrnoException
  return syscall === 'connect' || syscall === 'getaddrinfo' || /CERT|UNABLE_TO_(GET|VERIFY)/.test(code)
}
