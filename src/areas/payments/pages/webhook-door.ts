import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PaymentProvider } from '../../../outside/ports/provider.ts'
import { bareHeaders } from '../../../web/middleware/security-headers.ts'
import type { Uses } from '../../../work/context.ts'
import { createIntake } from './webhook-intake.ts'

const LARGEST_BODY = 128 * 1024
const ADDRESS = /^\/webhooks\/([a-z0-9-]{1,40})(?:\?.*)?$/

/** Handles a request that is a webhook and returns true; returns false for every other request. */
export type Door = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * The webhook door stands in front of Express, on the same port: read, prove the sender, store, 200. Everything else
 * happens later, from our own table. A webhook is never believed, so nothing here looks at what it says.
 */
export function createWebhookDoor({
  db,
  providers,
  jobs,
  clock,
  log,
  config,
}: Uses<'db' | 'providers' | 'jobs' | 'clock' | 'log' | 'config'>): Door {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', ...bareHeaders(config.service.baseUrl) }
  const answer = (response: ServerResponse, status: number, text: string): void => {
    if (response.headersSent || response.destroyed) return
    response.writeHead(status, { ...headers, 'Content-Length': text.length })
    response.end(text)
  }
  const intake = createIntake(
    db,
    providers.all.flatMap(({ moneyBackEvents }) => moneyBackEvents),
  )

  const take = async (request: IncomingMessage, response: ServerResponse, provider: PaymentProvider) => {
    const body = await readBody(request)
    if (body === undefined) return answer(response, 413, 'too large')
    const reading = provider.readWebhook({ body, headers: request.headers }, clock.now())
    if (reading.kind === 'refused') {
      log.warn(
        { event: 'webhook.refused', provider: provider.name, reason: reading.reason },
        'webhook refused',
      )
      return answer(response, 401, 'not proved')
    }
    await intake(fileOf(provider.name, reading, body))
    jobs.wake('webhooks')
    return answer(response, 200, 'stored')
  }

  return (request, response) => {
    const name = request.url?.startsWith('/webhooks/') ? ADDRESS.exec(request.url)?.[1] : undefined
    if (name === undefined) return false
    const provider = providers.named(name)
    if (!provider || request.method !== 'POST') {
      answer(response, provider ? 405 : 404, provider ? 'POST only' : 'no such provider')
      return true
    }
    take(request, response, provider).catch((error: unknown) => {
      // Not stored: say so, and the provider sends it again.
      log.error({ event: 'webhook.not-stored', err: error, provider: name }, 'webhook not stored')
      answer(response, 503, 'not stored')
    })
    return true
  }
}

/** A message of a proved sender that we cannot read is kept all the same, once, under its own fingerprint. */
function fileOf(
  provider: string,
  reading: { kind: 'event'; event: string; eventId: string; subject: string | null } | { kind: 'unreadable' },
  body: Buffer,
) {
  if (reading.kind === 'event') {
    const { event, eventId, subject } = reading
    return { provider, event, eventId, subject, body }
  }
  return {
    provider,
    event: 'unreadable',
    eventId: createHash('sha256').update(body).digest('hex'),
    subject: null,
    body,
  }
}

/** Undefined when the body is larger than any webhook. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((done, failed) => {
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
      if (size > LARGEST_BODY) {
        request.removeAllListeners('data')
        request.resume()
        done(undefined)
      } else parts.push(part)
    })
    request.on('end', () => done(Buffer.concat(parts)))
    request.on('error', failed)
  })
}
