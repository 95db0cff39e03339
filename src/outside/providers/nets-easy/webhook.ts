import { hash, timingSafeEqual } from 'node:crypto'
import type { RawWebhook, WebhookReading } from '../../ports/provider.ts'
import { readObject, unreadable } from '../webhook-body.ts'

const REFUSED: WebhookReading = {
  kind: 'refused',
  reason: 'the Authorization header is not our webhook secret',
}

const EVENT = /^[\w.-]{1,100}$/
const ID = /^[\w-]{1,100}$/
const VERSION = /\.v\d+$/

/**
 * Returns a reader of Nets Easy webhooks. The sender is proved by the text that we gave Nexi with the payment; there is no signature.
 * Digests of equal length are compared in constant time, so neither the secret nor its length leaks; a missing header takes
 * the same way as a wrong one. Stands in the fast door: digests are made once, the body is parsed once.
 *
 * The event is named without its version: v1 and v2 of one happening carry the same id and are one event to us.
 */
export function createNetsWebhookReader(secrets: string[]): (raw: RawWebhook) => WebhookReading {
  const digests = secrets.map(digest)
  return ({ body, headers }) => {
    const header = headers.authorization
    const given = digest(typeof header === 'string' ? header : '')
    let proved = false
    for (const secret of digests) if (timingSafeEqual(given, secret)) proved = true
    return proved ? eventIn(body) : REFUSED
  }
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

interface Envelope {
  id?: unknown
  event?: unknown
  data?: { paymentId?: unknown } | null
}

function eventIn(body: Buffer): WebhookReading {
  const envelope = readObject<Envelope>(body)
  if (!envelope) return unreadable('the body is not a JSON object')
  const { event, id, data } = envelope
  if (typeof event !== 'string' || !EVENT.test(event)) return unreadable('there is no event name')
  if (typeof id !== 'string' || !ID.test(id)) return unreadable('there is no event id')
  const paymentId = data?.paymentId
  if (typeof paymentId !== 'string' || !ID.test(paymentId)) return unreadable('there is no payment id')
  return { kind: 'event', event: event.replace(VERSION, ''), eventId: id, subject: paymentId }
}
