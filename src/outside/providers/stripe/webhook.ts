import { createHmac, timingSafeEqual } from 'node:crypto'
import type { RawWebhook, WebhookReading } from '../../ports/provider.ts'
import { readObject, unreadable } from '../webhook-body.ts'

const REFUSED: WebhookReading = {
  kind: 'refused',
  reason: 'the Stripe-Signature header does not prove the sender',
}

const EVENT = /^[\w.]{1,100}$/
const ID = /^\w{1,255}$/
const SECONDS = /^\d{1,12}$/
const NO_SIGNATURE = Buffer.alloc(32)

/** No honest header has more; each one costs an HMAC comparison. */
const MOST_SIGNATURES = 10

/**
 * Returns a reader of Stripe webhooks: `Stripe-Signature: t=…,v1=…`, HMAC-SHA256 over `t.body` with any of the secrets, and any of
 * several v1 (both while a secret is rolled over). docs.stripe.com/webhooks, "Verify webhook signatures manually".
 *
 * Stripe's own library lets every time in the future pass and limits age only. A header that is dated far ahead could be
 * replayed until its date comes, so the tolerance holds in both directions here: clocks do not differ by minutes.
 *
 * An event about a session names its checkout, one about a refund or a dispute names the charge. Events about intents
 * and payouts have `subject: null`: they are filed, and Stripe sends a session event for each payment.
 */
export function createStripeWebhookReader({
  secrets,
  toleranceSeconds,
}: {
  secrets: string[]
  toleranceSeconds: number
}): (raw: RawWebhook, now: Date) => WebhookReading {
  return ({ body, headers }, now) => {
    const { time, signatures } = signatureHeader(headers['stripe-signature'])
    const proved = provedBy(secrets, `${time}.`, body, signatures)
    const apart = Math.abs(now.getTime() / 1000 - Number(time))
    return proved && SECONDS.test(time) && apart < toleranceSeconds + 1 ? eventIn(body) : REFUSED
  }
}

function signatureHeader(header: string | string[] | undefined): { time: string; signatures: Buffer[] } {
  let time = ''
  const signatures: Buffer[] = []
  for (const part of typeof header === 'string' ? header.split(',', MOST_SIGNATURES + 1) : []) {
    const [key, value = ''] = part.split('=', 2)
    if (key === 't') time = value
    if (key === 'v1' && value.length === 64) signatures.push(Buffer.from(value, 'hex'))
  }
  return { time, signatures: signatures.length > 0 ? signatures : [NO_SIGNATURE] }
}

function provedBy(secrets: string[], prefix: string, body: Buffer, signatures: Buffer[]): boolean {
  let proved = false
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(prefix).update(body).digest()
    for (const signature of signatures) {
      if (signature.length === expected.length && timingSafeEqual(signature, expected)) proved = true
    }
  }
  return proved
}

/** What may happen to money after it was paid. All of them name the charge. docs.stripe.com/api/events/types */
export const moneyBackEvents = [
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
]

interface Envelope {
  id?: unknown
  type?: unknown
  data?: { object?: { id?: unknown; object?: unknown; charge?: unknown } | null } | null
}

function eventIn(body: Buffer): WebhookReading {
  const envelope = readObject<Envelope>(body)
  if (!envelope) return unreadable('the body is not a JSON object')
  const { type, id, data } = envelope
  if (typeof type !== 'string' || !EVENT.test(type)) return unreadable('there is no event type')
  if (typeof id !== 'string' || !ID.test(id)) return unreadable('there is no event id')
  if (moneyBackEvents.includes(type)) {
    const charge = data?.object?.object === 'charge' ? data.object.id : data?.object?.charge
    const subject = typeof charge === 'string' && ID.test(charge) ? charge : null
    return { kind: 'event', event: type, eventId: id, subject }
  }
  if (data?.object?.object !== 'checkout.session') {
    return { kind: 'event', event: type, eventId: id, subject: null }
  }
  const sessionId = data.object.id
  if (typeof sessionId !== 'string' || !ID.test(sessionId)) return unreadable('there is no session id')
  return { kind: 'event', event: type, eventId: id, subject: sessionId }
}
