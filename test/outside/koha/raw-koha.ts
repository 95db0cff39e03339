import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createKoha } from '../../../src/outside/koha/koha.ts'
import type { Koha } from '../../../src/outside/ports/koha.ts'
import { settingsFor } from './koha-for-tests.ts'

export interface RawKoha {
  koha: Koha
  /** What is answered from now on, the token excepted. */
  answerWith(answer: (request: IncomingMessage, response: ServerResponse) => void): void
  answerJson(status: number, json: unknown): void
  seen: string[]
  stop(): Promise<void>
}

/** A server that answers anything at all, for answers that no Koha would give. */
export async function startRawKoha(seconds = 10): Promise<RawKoha> {
  let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end()
  const seen: string[] = []
  const server = createServer((request, response) => {
    if (request.url === '/oauth/token') {
      response.end(JSON.stringify({ access_token: 'a', token_type: 'Bearer', expires_in: 3600, extra: true }))
      return
    }
    seen.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    koha: createKoha(settingsFor(url, { readSeconds: seconds, writeSeconds: seconds })),
    answerWith: (next) => {
      answer = next
    },
    answerJson: (status, json) => {
      answer = (_, response) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
      }
    },
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
