import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ore } from '../../../../src/base/money.ts'
import type { CheckoutFact, PaymentProvider } from '../../../../src/outside/ports/provider.ts'
import { knownProviders } from '../../../../src/outside/providers/list.ts'
import { orderBody } from '../../../../src/outside/providers/nets-easy/order-body.ts'
import { payload, payloadFiles, webhookBody } from '../../../fixtures/payloads.ts'
import { anOrder } from '../an-order.ts'
import { type CannedServer, cannedServer, json } from '../canned-server.ts'

/** Our reader and adapter against every example payload of Nets Easy. */

const SECRET = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6'
const KEY = 'test-secret-key-00000000000000000000000000000000'
const PAYMENT = '02a1000069f1c3d7a4b8e15c0d2f7361'

interface Scenario {
  name: string
  deliver: string[]
  retrieve: string
  expect: { status: string; credited: number }
}

describe('example payloads of Nets Easy', () => {
  let server: CannedServer
  let provider: PaymentProvider

  beforeAll(async () => {
    server = await cannedServer()
    const settings = {
      apiUrl: server.url,
      checkoutOrigins: ['https://test.checkout.dibspayment.eu'],
      secretKey: KEY,
      webhookSecret: SECRET,
    }
    provider = knownProviders['nets-easy'].create(settings, { now: () => new Date() })
  })

  afterAll(async () => {
    await server.stop()
  })

  const webhooks = [...payloadFiles('nets-easy/'), ...payloadFiles('nets-easy/variants/')].filter(
    (file) => payload(file)._kind === 'webhook',
  )
  const exchanges = payloadFiles('nets-easy/api/')
  const scenarios: Scenario[] = payload('nets-easy/sequences.json').scenarios

  const read = (file: string, headers: Record<string, string> = { authorization: SECRET }) =>
    provider.readWebhook({ body: Buffer.from(JSON.stringify(webhookBody(file))), headers }, new Date())

  const answering = (file: string) => {
    const { response } = payload(file)
    server.asked.length = 0
    server.answer = json(response.status, response.body)
  }

  it.each(webhooks)('files %s', (file) => {
    const body = webhookBody(file)
    const reading = read(file)
    expect(reading).toEqual({
      kind: 'event',
      event: body.event.replace('.v2', ''),
      eventId: body.id,
      subject: body.data.paymentId,
    })
    expect(read(file, {})).toMatchObject({ kind: 'refused' })
    expect(read(file, { authorization: `${SECRET} ` })).toEqual(read(file, {}))
  })

  const facts: Record<string, Partial<CheckoutFact>> = {
    'retrieve.new.json': { kind: 'open', lastTry: null },
    'retrieve.reserved.json': { kind: 'reserved', reserved: ore(41000), currency: 'SEK' },
    'retrieve.charged.json': { kind: 'paid', charged: ore(41000), refunded: ore(0) },
    'retrieve.charged-without-reservation.json': { kind: 'paid', charged: ore(41000), refunded: ore(0) },
    'retrieve.partially-charged.json': { kind: 'paid', charged: ore(6000) },
    'retrieve.partially-refunded.json': { kind: 'paid', charged: ore(41000), refunded: ore(35000) },
    'retrieve.refunded.json': { kind: 'paid', charged: ore(41000), refunded: ore(41000) },
    'retrieve.refund-pending.json': { kind: 'paid', charged: ore(41000), refunded: ore(0) },
    'retrieve.cancelled.json': { kind: 'ended', how: 'cancelled' },
    'retrieve.terminated.json': { kind: 'ended', how: 'cancelled' },
    'error-401.json': { kind: 'unknown' },
    'error-429.retrieve-limit.json': { kind: 'unknown' },
  }
  const calls: Record<string, () => Promise<unknown>> = {
    'create-payment.hosted.json': () => provider.createCheckout(anOrder([])),
    'error-400.validation.json': () => provider.createCheckout(anOrder([])),
    'error-400.webhook-url-loopback.json': () => provider.createCheckout(anOrder([])),
    'error-500.json': () => provider.createCheckout(anOrder([])),
    'terminate.json': () => provider.cancel(PAYMENT),
    'error-409.terminate-after-checkout.json': () => provider.cancel(PAYMENT),
    'charge.full.json': () => provider.charge(PAYMENT, ore(41000), 'charge-LIB-2026-000417-1'),
    'error-402.charge-declined.json': () => provider.charge(PAYMENT, ore(41000), 'charge-LIB-2026-000417-1'),
  }
  const outcomes: Record<string, unknown> = {
    'create-payment.hosted.json': {
      kind: 'created',
      checkoutId: PAYMENT,
      url: `https://test.checkout.dibspayment.eu/hostedpaymentpage/?checkoutKey=test-checkout-key-0000&pid=${PAYMENT}&language=sv-SE`,
    },
    'error-400.validation.json': {
      kind: 'refused',
      trouble: { message: 'Nexi Checkout refused (400): order.Items, checkout.TermsUrl' },
    },
    'error-400.webhook-url-loopback.json': { kind: 'refused' },
    'error-500.json': { kind: 'unknown', trouble: { kind: 'broken' } },
    'terminate.json': { kind: 'cancelled' },
    'error-409.terminate-after-checkout.json': { kind: 'too-late' },
    'charge.full.json': { kind: 'charged' },
    'error-402.charge-declined.json': {
      kind: 'declined',
      trouble: { message: expect.stringContaining('code 1029') },
    },
  }
  /** Calls that this software does not make. */
  const notOurs = [
    'cancel.full.json',
    'create-payment.embedded.json',
    'refund.charge.partial.json',
    'reporting.payout-detail.json',
    'reporting.payouts.json',
    'update-myreference.json',
    'update-referenceinformation.json',
  ]

  it('knows every exchange that lies there', () => {
    const known = [...Object.keys(facts), ...Object.keys(calls), ...notOurs].map(
      (name) => `nets-easy/api/${name}`,
    )
    expect(known.sort()).toEqual(exchanges)
  })

  it.each(Object.keys(facts))('finds the fact in %s', async (name) => {
    answering(`nets-easy/api/${name}`)
    expect(await provider.look(PAYMENT)).toMatchObject(facts[name] ?? {})
    sentAsIn(`nets-easy/api/${name}`)
  })

  it.each(Object.keys(calls))('understands %s', async (name) => {
    answering(`nets-easy/api/${name}`)
    expect(await calls[name]?.()).toMatchObject(outcomes[name] as object)
    sentAsIn(`nets-easy/api/${name}`)
  })

  /** Method, path and headers of the one call that was made are those of the example. */
  function sentAsIn(file: string): void {
    const { request } = payload(file)
    const [asked] = server.asked
    expect(server.asked).toHaveLength(1)
    expect(asked?.method).toBe(request.method)
    // The example of a Swish payment has an id of its own.
    const path = new URL(request.url).pathname.replace('02a1000069f1cffaa4b8e15c0d2f7402', PAYMENT)
    expect(asked?.path).toBe(path)
    for (const [name, value] of Object.entries<string>(request.headers)) {
      const mine = asked?.headers[name.toLowerCase()]
      if (name === 'CommercePlatformTag') expect(mine).toBe('Kvitt')
      else if (name === 'Authorization') expect(mine).toBe(KEY)
      else if (name !== 'Content-Type' || asked?.body !== '') expect(mine).toBe(value)
    }
  }

  it('writes orders with the keys of the example', () => {
    const { body } = payload('nets-easy/api/create-payment.hosted.json').request
    const lines = body.order.items.map((item: { reference: string; name: string; unitPrice: number }) => {
      return { reference: item.reference, name: item.name, amount: ore(item.unitPrice) }
    })
    const example = {
      reference: 'LIB-2026-000417',
      returnUrl: body.checkout.returnUrl,
      cancelUrl: body.checkout.cancelUrl,
      termsUrl: body.checkout.termsUrl,
      webhookUrl: body.notifications.webHooks[0].url,
    }
    expect(orderBody(anOrder(lines, example), SECRET)).toEqual(body)
  })

  const expected: Record<string, (fact: CheckoutFact) => number | string> = {
    paid: (fact) => (fact.kind === 'paid' ? fact.charged : fact.kind),
    partially_paid: (fact) => (fact.kind === 'paid' ? fact.charged : fact.kind),
    partially_refunded: (fact) => (fact.kind === 'paid' ? fact.charged - fact.refunded : fact.kind),
    reserved: (fact) => (fact.kind === 'reserved' ? 0 : fact.kind),
    pending: (fact) => (fact.kind === 'open' ? 0 : fact.kind),
    cancelled: (fact) => (fact.kind === 'ended' ? 0 : fact.kind),
  }

  it.each(scenarios)('$name', async ({ deliver, retrieve, expect: wanted }) => {
    const events = deliver.map((file) => read(file))
    const keys = new Set(
      events.map((each) => (each.kind === 'event' ? `${each.event} ${each.eventId}` : each.kind)),
    )
    const names = new Set(deliver.map((file) => webhookBody(file).event.replace('.v2', '')))
    expect(keys.size).toBe(names.size)
    answering(retrieve)
    expect(expected[wanted.status]?.(await provider.look(PAYMENT))).toBe(wanted.credited)
  })
})
