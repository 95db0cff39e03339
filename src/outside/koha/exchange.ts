import type { Trouble } from '../../base/answer.ts'
import { createHttp, type HttpRequest } from '../http.ts'

/** One HTTP question to Koha. `path` comes after the API's address. */
export interface Request extends Pick<HttpRequest, 'headers' | 'body' | 'seconds' | 'connection'> {
  method: 'GET' | 'POST'
  path: string
  query?: Record<string, string>
}

/**
 * What came of it. `not-sent`: Koha never saw the request. `lost`: it may have, and no whole answer came.
 * `json` is undefined when the body was not JSON.
 */
export type Reply =
  | { kind: 'answered'; status: number; json: unknown }
  | { kind: 'not-sent' | 'lost'; trouble: Trouble }

export type Exchange = (request: Request) => Promise<Reply>

/** An account with 500 lines is 0.4 MB; ten thousand titles would still fit. */
const MOST_BYTES = 16 * 1024 * 1024

/** Returns the wire to one Koha, `url` being its API's address without a trailing slash. It returns every outside failure as a value. */
export function createExchange(url: string): Exchange {
  const http = createHttp()
  return async ({ path, query, headers, ...request }) => {
    const search = query ? `?${new URLSearchParams(query)}` : ''
    const outcome = await http.send({
      ...request,
      url: `${url}${path}${search}`,
      headers: { accept: 'application/json', ...headers },
      to: 'Koha',
      mostBytes: MOST_BYTES,
    })
    if (outcome.kind !== 'answered') return outcome
    return { kind: 'answered', status: outcome.status, json: parsed(outcome.text) }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
