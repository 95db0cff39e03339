import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface CannedServer {
  url: string
  asked: Asked[]
  /** What the next calls are answered with. */
  answer: (response: ServerResponse) => void
  stop(): Promise<void>
}

/** A provider that answers whatever a test wants, and remembers what it was asked. */
export async function cannedServer(): Promise<CannedServer> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method = '', url: path = '', headers } = request
    canned.asked.push({ method, path, headers, body: Buffer.concat(chunks).toString() })
    canned.answer(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const canned: CannedServer = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    answer: (response) => {
      response.writeHead(404).end()
    },
    stop: async () => {
      server.close()
      server.closeAllConnections()
      if (server.listening) await once(server, 'close')
    },
  }
  return canned
}

/** An answer with JSON, or with nothing when there is no body. */
export function json(status: number, body: unknown): CannedServer['answer'] {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(body === null || body === undefined ? '' : JSON.stringify(body))
  }
}
