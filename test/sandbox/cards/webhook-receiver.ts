import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  body: Buffer
  headers: IncomingHttpHeaders
}

export interface WebhookReceiver {
  url: string
  received: Received[]
  /** Statuses to answer, one call each; then 200. 0 never answers. */
  answers: number[]
  stop(): Promise<void>
}

/** A server that keeps what is posted to it. */
export async function receiveWebhooks(): Promise<WebhookReceiver> {
  const received: Received[] = []
  const answers: number[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    received.push({ body: Buffer.concat(chunks), headers: request.headers })
    const status = answers.shift() ?? 200
    if (status > 0) response.writeHead(status).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    received,
    answers,
    stop: async () => {
      server.close()
      server.closeAllConnections()
      if (server.listening) await once(server, 'close')
    },
  }
}
