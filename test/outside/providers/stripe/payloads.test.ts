import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ore } from '../../../../src/base/money.ts'
import type { PaymentProvider } from '../../../../src/outside/ports/provider.ts'
import { knownProviders } from '../../../../src/outside/providers/list.ts'
import { createStripeWebhookReader } from '../../../../src/outside/providers/stripe/webhook.ts'
import { payload, payloadFiles, webhookBody } from '../../../fixtures/payloads.ts'
import { anOrder } from '../an-order.ts'
import { type CannedServer, cannedServer, json } from '../canned-server.ts'

/** Our reader and adapter against every example payload of Stripe. */

const SECRET = 'whsec_madeup_0123456789'
const SESSION = 'cs_test_b1LibPortal0000000000000000000000000000000000000000000001'
const NOW = new Date('2026-11-03T09:12:20Z')

interface Scenario {
  name: string
  deliver: string[]
  expect: { status: string }
}

interface Vector {
  name: string
  header: string
  now: number
  bodyAppend?: string
  expect: 'ok' | 'reject'
}

describe('example payloads of Stripe', () => {
  let server: CannedServer
  let provider: PaymentProvider

  beforeAll(async () => {
    server = await cannedServer()
    const settings = { apiUrl: server.url, secretKey: 'sk_test_made_up', webhookSecrets: [SECRET] }
    provider = knownProviders.stripe.create(settings, { now: () => NOW })
  })

  afterAll(async () => {
    await server.stop()
  })

  const files = payloadFiles('stripe/')
  const webhooks = files.filter((file) => payload(file)._kind === 'webhook')
  const exchanges = payloadFiles('stripe/api/')
  const scenarios: Scenario[] = payload('stripe/sequences.json').scenarios
  const { secret, rawBody, vectors } = payload('stripe/signature-vectors.json') as unknown as {
    secret: string
    rawBody: string
    vectors: Vector[]
  }

  const read = (file: string) => {
    const body = JSON.stringify(webhookBody(file))
    const time = Math.floor(NOW.getTime() / 1000)
    const v1 = createHmac('sha256', SECRET).update(`${time}.${body}`).digest('hex')
    return provider.readWebhook(
      { body: Buffer.from(body), headers: { 'stripe-signature': `t=${time},v1=${v1}` } },
      NOW,
    )
  }

  it.each(webhooks)('files %s', (file) => {
    const { id, type, data } = webhookBody(file)
    const { object, id: objectId, charge } = data.object
    const subject =
      object === 'checkout.session' || object === 'charge'
        ? objectId
        : /^(refund|dispute)$/.test(object)
          ? charge
          : null
    expect(read(file)).toEqual({ kind: 'event', event: type, eventId: id, subject })
  })

  it.each(vectors)('$name', ({ name, header, now, bodyAppend = '', expect: wanted }) => {
    const reader = createStripeWebhookReader({ secrets: [secret], toleranceSeconds: 300 })
    const raw = { body: Buffer.from(rawBody + bodyAppend), headers: { 'stripe-signature': header } }
    const { kind } = reader(raw, new Date(now * 1000))
    // The one place where we are stricter than Stripe's library: a header dated an hour ahead.
    const strict = name.startsWith('timestamp in the future')
    expect(kind).toBe(wanted === 'ok' && !strict ? 'event' : 'refused')
  })

  const order = anOrder(
    [
      { reference: '88121', name: 'Förseningsavgift', amount: ore(6000) },
      { reference: '88190', name: 'Ersättning', amount: ore(35000) },
    ],
    { reference: 'LIB-2026-000417', expiresAt: '2026-11-03T10:00:00Z' },
  )
  const calls: Record<string, () => Promise<unknown>> = {
    'checkout-session.create.json': () => provider.createCheckout(order),
    'checkout-session.expire.json': () => provider.cancel(SESSION),
    'error-400.idempotency.json': () => provider.createCheckout(order),
    'error-402.card-declined.json': () => provider.createCheckout(order),
    'error-429.rate-limit.json': () => provider.look(SESSION),
  }
  const outcomes: Record<string, unknown> = {
    'checkout-session.create.json': {
      kind: 'created',
      checkoutId: SESSION,
      url: `https://checkout.stripe.com/c/pay/${SESSION}`,
    },
    'checkout-session.expire.json': { kind: 'cancelled' },
    'error-400.idempotency.json': {
      kind: 'refused',
      trouble: { message: expect.stringContaining('idempotency_error') },
    },
    'error-402.card-declined.json': {
      kind: 'refused',
      trouble: { message: expect.stringContaining('card_declined') },
    },
    'error-429.rate-limit.json': {
      kind: 'unknown',
      trouble: { message: expect.stringContaining('rate_limit') },
    },
  }
  /** Refunds, payouts and card terminals: calls that this software does not make. */
  const notOurs = /^stripe\/api\/(terminal\.|refund\.|balance-transactions\.|error-409\.reader)/

  it('knows every exchange that lies there', () => {
    const ours = exchanges.filter((file) => !notOurs.test(file))
    expect(ours).toEqual(
      Object.keys(calls)
        .map((name) => `stripe/api/${name}`)
        .sort(),
    )
  })

  it.each(Object.keys(calls))('understands %s', async (name) => {
    const { request, response } = payload(`stripe/api/${name}`)
    server.asked.length = 0
    server.answer = json(response.status, response.body)
    expect(await calls[name]?.()).toMatchObject(outcomes[name] as object)
    const [asked] = server.asked
    expect(asked?.headers).toMatchObject({
      authorization: 'Bearer sk_test_made_up',
      'stripe-version': '2026-10-28.endive',
    })
    if (!request) return
    expect(`${asked?.method} ${asked?.path}`).toBe(`${request.method} ${new URL(request.url).pathname}`)
  })

  it('writes sessions with the keys of the example, and its own name for our reference', async () => {
    const { form } = payload('stripe/api/checkout-session.create.json').request
    server.asked.length = 0
    server.answer = json(500, {})
    await provider.createCheckout(order)
    const [asked] = server.asked
    const sent = Object.fromEntries(new URLSearchParams(asked?.body))
    expect(asked?.headers['idempotency-key']).toBe('LIB-2026-000417-create')
    const keys = Object.keys(form).map((key) => key.replace('portal_payment_id', 'kvitt_reference'))
    expect(Object.keys(sent)).toEqual(expect.arrayContaining(keys))
    const extra = Object.keys(sent).filter((key) => !keys.includes(key) && !key.includes('[coding_'))
    expect(extra).toEqual(['submit_type', 'adaptive_pricing[enabled]'])
    for (const key of [
      'mode',
      'ui_mode',
      'locale',
      'client_reference_id',
      'line_items[1][price_data][unit_amount]',
    ]) {
      expect(sent[key]).toBe(String(form[key]))
    }
  })

  /** What a look must say after each scenario, answered from the last session and intent that were told of. */
  const facts: Record<string, unknown> = {
    paid: { kind: 'paid', charged: 41000 },
    expired: { kind: 'ended', how: 'expired' },
    failed: { kind: 'ended', how: 'declined' },
    reserved: { kind: 'reserved', reserved: 41000 },
    charged_back: { kind: 'paid', charged: 41000 },
  }

  it.each(scenarios)('$name', async ({ deliver, expect: { status } }) => {
    for (const file of deliver) expect(read(file).kind).toBe('event')
    server.answer = json(200, sessionAfter(deliver, status))
    expect(await provider.look(SESSION)).toMatchObject(facts[status] as object)
  })

  /** The session with its intent and charge as Stripe would expand them then. */
  function sessionAfter(deliver: string[], status: string) {
    const objects = deliver.map((file) => webhookBody(file).data.object)
    const session = objects.findLast(({ object }) => object === 'checkout.session') ?? {
      ...webhookBody('stripe/checkout.session.completed.unpaid.json').data.object,
    }
    const intents: Record<string, string> = {
      failed: 'stripe/payment_intent.payment_failed.json',
      expired: 'stripe/payment_intent.payment_failed.json',
      reserved: 'stripe/payment_intent.amount_capturable_updated.json',
    }
    const intent = webhookBody(intents[status] ?? 'stripe/payment_intent.succeeded.json').data.object
    const charge = webhookBody('stripe/charge.refunded.json').data.object
    const latest_charge = intent.latest_charge === null ? null : charge
    return { ...session, payment_intent: { ...intent, latest_charge } }
  }
})
