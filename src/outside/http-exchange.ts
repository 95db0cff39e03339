import http, { type Agent, type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { readBody } from './http-body.ts'

export interface Call {
  method: string
  url: string
  headers: Record<string, string>
  body: string | undefined
  agent: Agent
  /** From the first look-up of the name to the last byte of the answer. */
  milliseconds: number
  mostBytes: number
}

/**
 * What became of one request. `not-sent`: no byte of it has left this process. `lost`: it may have been received, and no
 * whole answer came. `code` is the system's own ("ECONNRESET"), or 'no code'.
 */
export type Exchanged =
  | { kind: 'answered'; status: number; text: string }
  | { kind: 'not-sent' | 'lost'; why: 'cut' | 'late' | 'too-large' | 'packed'; code: string }

/**
 * Sends one request and returns what became of it; any status is an answer, and a redirect is not followed. The
 * request is written when the connection stands (for https: when its certificate has been checked) and not before, so
 * what fails until then is `not-sent` for certain, whatever the error is called. Throws when the request itself cannot
 * be written, such as a header with a line break.
 */
export function exchange(call: Call): Promise<Exchanged> {
  const { promise, resolve } = Promise.withResolvers<Exchanged>()
  const request = open(call)
  let sent = false
  const limit = setTimeout(() => fail('late'), call.milliseconds)

  const finish = (outcome: Exchanged) => {
    clearTimeout(limit)
    resolve(outcome)
  }
  const fail = (why: 'cut' | 'late' | 'too-large' | 'packed', error?: Error) => {
    // First, so that a request that is called not sent can never be sent afterwards.
    request.destroy()
    finish({ kind: sent ? 'lost' : 'not-sent', why, code: codeOf(error) })
  }
  const read = async (response: IncomingMessage) => {
    const body = await readBody(response, call.mostBytes)
    if (body.kind === 'cut') fail('cut', body.error)
    else if (body.kind !== 'whole') fail(body.kind)
    else finish({ kind: 'answered', status: response.statusCode ?? 0, text: body.text })
  }

  request.on('socket', (socket) =>
    whenConnected(socket, () => {
      // Node's agents give a destroyed request no connection; that it was not sent must not hang on theirs alone.
      if (request.destroyed) return
      sent = true
      request.end(call.body)
    }),
  )
  request.on('response', read)
  request.on('error', (error) => fail('cut', error))
  return promise
}

function open({ method, url, headers, agent, milliseconds }: Call): ClientRequest {
  const address = new URL(url)
  if (address.protocol === 'http:') return http.request(address, { method, headers, agent })
  // The time limit ends a proxy's silence too, of which we are not told.
  return https.request(address, { method, headers, agent, timeout: milliseconds })
}

/** Calls back at once for a kept connection, and for a tunnel, which a proxy's agent hands over ready. */
function whenConnected(socket: Socket, write: () => void): void {
  // alpnProtocol is null until the handshake is complete (Node's documentation of tls.TLSSocket).
  const ready = socket instanceof TLSSocket ? socket.alpnProtocol !== null : !socket.connecting
  if (ready) write()
  else socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', write)
}

function codeOf(error: (NodeJS.ErrnoException & { statusCode?: number }) | undefined): string {
  const { code = '', statusCode } = error ?? {}
  if (code === 'ERR_PROXY_TUNNEL' && statusCode) return `the proxy answers ${statusCode}`
  return /^[A-Z0-9_]{1,50}$/.test(code) ? code : 'no code'
}
