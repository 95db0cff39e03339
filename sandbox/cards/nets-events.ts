import type { Happening } from './happening.ts'
import { eventOf, type NetsEvent } from './nets-event-data.ts'
import { netsTime } from './nets-time.ts'
import type { CardPayment, WebhookTarget } from './payment.ts'
import type { Behaviour, Message } from './webhooks.ts'
import type { CardWorld } from './world.ts'

/** What has happened, as Nets Easy's webhooks: shapes of the official SDK's fixtures and of captured payloads. */

/** Events that exist in two versions. */
const TWO_VERSIONS = new Set([
  'payment.reservation.created',
  'payment.charge.created',
  'payment.charge.failed',
  'payment.refund.initiated',
])

/** The messages for a batch of happenings, to whoever subscribed with the payment. */
export function netsMessages(world: CardWorld, payment: CardPayment, happenings: Happening[]): Message[] {
  const at = world.now()
  const { versions } = world.webhooks.behaviour
  return happenings.flatMap((happening) => {
    const event = eventOf(payment, happening)
    if (!event) return []
    return namesToSend(event.name, payment.targets, versions).map(({ name, target }) => {
      const version = name.endsWith('.v2') ? 2 : 1
      const envelope = envelopeOf(world, event, name, version, at)
      return messageTo(target, payment.id, name, bodyText(envelope, world.webhooks.behaviour))
    })
  })
}

function namesToSend(
  base: string,
  targets: WebhookTarget[],
  versions: Behaviour['versions'],
): { name: string; target: WebhookTarget }[] {
  const subscribed = targets.filter(({ eventName }) => eventName === base || eventName === `${base}.v2`)
  if (versions === 'subscribed' || !TWO_VERSIONS.has(base)) {
    return subscribed.map((target) => ({ name: target.eventName, target }))
  }
  const target = subscribed[0]
  if (!target) return []
  const names = { v1: [base], v2: [`${base}.v2`], both: [base, `${base}.v2`] }[versions]
  return names.map((name) => ({ name, target }))
}

function envelopeOf(world: CardWorld, event: NetsEvent, name: string, version: 1 | 2, at: Date) {
  const { merchantNumber } = world.options.nets
  const timestamp = netsTime(at, event.offset)
  const data = event.data(version)
  return version === 1
    ? { id: event.id, merchantId: merchantNumber, timestamp, event: name, data }
    : { id: event.id, timestamp, merchantNumber, event: name, data }
}

function bodyText(envelope: Record<string, unknown>, behaviour: Behaviour): string {
  const extra = behaviour.extraKeys
    ? { ...envelope, somethingNew: { from: 'Nexi' }, data2: [1, null] }
    : envelope
  return JSON.stringify(extra, (_key, value: unknown) =>
    behaviour.numbersAsStrings && typeof value === 'number' ? String(value) : value,
  )
}

function messageTo(target: WebhookTarget, paymentId: string, event: string, body: string): Message {
  return {
    paymentId,
    event,
    url: target.url,
    body,
    // Reposted until 200, and nothing else.
    acknowledged: (status) => status === 200,
    headers: (_body, _at, proof) => ({
      'content-type': 'application/json',
      ...target.headers,
      ...(proof === 'none'
        ? {}
        : { authorization: proof === 'right' ? target.authorization : 'notOurSecret0000' }),
    }),
  }
}
