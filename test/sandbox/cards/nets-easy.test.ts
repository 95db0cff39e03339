import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type SandboxCards, startSandboxCards } from '../../../sandbox/cards/server.ts'
import { wellBehaved } from '../../../sandbox/cards/webhooks.ts'
import { payload, webhookBody } from '../../fixtures/payloads.ts'
import { atTheCardPage } from './borrower.ts'
import { shapeDifferences } from './same-shape.ts'
import { receiveWebhooks, type WebhookReceiver } from './webhook-receiver.ts'

const KEY = 'test-secret-key-0123456789'

let sandbox: SandboxCards
let receiver: WebhookReceiver
const clock = { ahead: 0 }

beforeAll(async () => {
  receiver = await receiveWebhooks()
  sandbox = await startSandboxCards({
    port: 0,
    now: () => new Date(Date.now() + clock.ahead),
    nets: { secretKey: KEY },
    stripe: { secretKey: 'sk_test_unused' },
    webhookBackoffMs: [5],
  })
})

afterEach(async () => {
  await sandbox.world.webhooks.idle()
  sandbox.world.webhooks.behaviour = { ...wellBehaved }
  sandbox.world.autoCharge = 'works'
  sandbox.world.refunds = 'completed'
  receiver.received.length = 0
  clock.ahead = 0
})

afterAll(async () => {
  await sandbox.stop()
  await receiver.stop()
})

const item = (grossTotalAmount: number, more: Record<string, unknown> = {}) => ({
  reference: 'debt-1',
  name: 'Förseningsavgift',
  quantity: 1,
  unit: 'st',
  unitPrice: grossTotalAmount,
  taxRate: 0,
  taxAmount: 0,
  netTotalAmount: grossTotalAmount,
  grossTotalAmount,
  ...more,
})

// biome-ignore lint/suspicious/noExplicitAny: orders are bent out of shape on purpose
const orderFor = (): Record<string, any> => ({
  order: { items: [item(6000), item(35000)], amount: 41000, currency: 'SEK', reference: 'KV-1' },
  checkout: {
    integrationType: 'HostedPaymentPage',
    returnUrl: 'https://avgifter.example/retur',
    cancelUrl: 'https://avgifter.example/avbruten',
    termsUrl: 'https://avgifter.example/villkor',
    charge: true,
    merchantHandlesConsumerData: true,
  },
  notifications: {
    webHooks: [
      'payment.created',
      'payment.reservation.created.v2',
      'payment.reservation.failed',
      'payment.checkout.completed',
      'payment.charge.created.v2',
      'payment.charge.failed.v2',
      'payment.cancel.created',
      'payment.refund.initiated.v2',
      'payment.refund.completed',
      'payment.refund.failed',
    ].map((eventName) => ({
      eventName,
      url: receiver.url,
      authorization: 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6',
    })),
  },
  myReference: 'KV-1',
})

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(sandbox.url + path, {
    method,
    headers: { authorization: KEY, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, text, body: text === '' ? null : JSON.parse(text) }
}

async function created(change: (order: ReturnType<typeof orderFor>) => void = () => {}): Promise<string> {
  const order = orderFor()
  change(order)
  const { body } = await call('POST', '/v1/payments', order)
  return body.paymentId
}

const retrieved = async (id: string) => (await call('GET', `/v1/payments/${id}`)).body.payment

describe("the sandbox's Nets Easy", () => {
  it('wants its key raw, and answers a wrong one with nothing', async () => {
    for (const authorization of ['wrong', `Bearer ${KEY}x`, '']) {
      const response = await fetch(`${sandbox.url}/v1/payments/1`, { headers: { authorization } })
      expect(response.status).toBe(401)
      expect(await response.text()).toBe('')
    }
  })

  it.each<[string, (order: ReturnType<typeof orderFor>) => void]>([
    ['order.Items', ({ order }) => Object.assign(order, { items: [], amount: 0 })],
    ['order.Amount', ({ order }) => Object.assign(order, { amount: 40999 })],
    ['order.Items[0].Name', ({ order }) => Object.assign(order.items[0], { name: 'a <b>' })],
    [
      'order.Items[1].Reference',
      ({ order }) => Object.assign(order.items[1], { reference: 'x'.repeat(129) }),
    ],
    ['order.Reference', ({ order }) => Object.assign(order, { reference: "Elsa's" })],
    ['order.Items[0].UnitPrice', ({ order }) => Object.assign(order.items[0], { unitPrice: 60.5 })],
    ['checkout.TermsUrl', ({ checkout }) => Object.assign(checkout, { termsUrl: undefined })],
    ['checkout.ReturnUrl', ({ checkout }) => Object.assign(checkout, { returnUrl: undefined })],
    ['myReference', (order) => Object.assign(order, { myReference: 'x'.repeat(37) })],
    [
      'notifications.WebHooks[2].Authorization',
      ({ notifications }) => Object.assign(notifications.webHooks[2], { authorization: 'short' }),
    ],
    [
      'notifications.WebHooks[0].Authorization',
      ({ notifications }) => Object.assign(notifications.webHooks[0], { authorization: 'not-alphanumeric' }),
    ],
  ])('refuses an order for its %s, and says so', async (place, change) => {
    const order = orderFor()
    change(order)
    const { status, body } = await call('POST', '/v1/payments', order)
    expect(status).toBe(400)
    expect(body.errors).toHaveProperty([place], [expect.any(String)])
  })

  it('refuses webhooks to a loopback address when it is as strict as the real one', async () => {
    const strict = await startSandboxCards({
      port: 0,
      nets: { secretKey: KEY, refuseLoopbackWebhooks: true },
      stripe: { secretKey: 'sk_test_unused' },
    })
    const response = await fetch(`${strict.url}/v1/payments`, {
      method: 'POST',
      headers: { authorization: KEY, 'content-type': 'application/json' },
      body: JSON.stringify(orderFor()),
    })
    const answer = await response.json()
    await strict.stop()
    expect(answer).toMatchObject({
      errors: { 'notifications.WebHooks[0].Url': ['Field is not accepted as a valid URL'] },
    })
  })

  it('allows 30 looks at a payment within an hour', async () => {
    const id = await created()
    for (let look = 1; look <= 30; look += 1) {
      expect((await call('GET', `/v1/payments/${id}`)).status).toBe(200)
    }
    expect((await call('GET', `/v1/payments/${id}`)).status).toBe(429)
    clock.ahead = 3_600_001
    expect((await call('GET', `/v1/payments/${id}`)).status).toBe(200)
  })

  it('knows no idempotency when a payment is created', async () => {
    const key = { 'idempotency-key': 'the-same' }
    const first = await call('POST', '/v1/payments', orderFor(), key)
    const second = await call('POST', '/v1/payments', orderFor(), key)
    expect(first.body.paymentId).not.toBe(second.body.paymentId)
  })

  it('replays a charge by its key, and refuses the key with another amount', async () => {
    const id = await created(({ checkout }) => Object.assign(checkout, { charge: false }))
    await atTheCardPage(sandbox.url, id)
    expect((await retrieved(id)).summary).toEqual({ reservedAmount: 41000 })
    const key = { 'idempotency-key': 'charge-1' }
    const first = await call('POST', `/v1/payments/${id}/charges`, { amount: 41000 }, key)
    const again = await call('POST', `/v1/payments/${id}/charges`, { amount: 41000 }, key)
    const other = await call('POST', `/v1/payments/${id}/charges`, { amount: 40000 }, key)
    expect(first.status).toBe(201)
    expect(again.body).toEqual(first.body)
    expect(other.body.code).toBe('1026')
    expect((await retrieved(id)).charges).toHaveLength(1)
  })

  it('loses the race when a payment is terminated after it was paid', async () => {
    const open = await created()
    expect((await call('PUT', `/v1/payments/${open}/terminate`)).status).toBe(204)
    expect((await retrieved(open)).terminated).toMatch(/\.\d{4}\+00:00$/)
    const paid = await created()
    await atTheCardPage(sandbox.url, paid)
    expect((await call('PUT', `/v1/payments/${paid}/terminate`)).status).toBe(409)
  })

  it('keeps a payment reserved when the charge that should follow fails', async () => {
    sandbox.world.autoCharge = 'fails'
    const id = await created()
    await atTheCardPage(sandbox.url, id)
    expect((await retrieved(id)).summary).toEqual({ reservedAmount: 41000 })
    await sandbox.world.webhooks.idle()
    expect(receiver.received.map(({ body }) => JSON.parse(body.toString()).event)).toContain(
      'payment.charge.failed.v2',
    )
  })

  it('leaves a refund pending for want of money, until it fails', async () => {
    sandbox.world.refunds = 'pending'
    const id = await created()
    await atTheCardPage(sandbox.url, id)
    const { body } = await call('POST', `/v1/payments/${id}/refunds`, { amount: 35000 })
    expect(await retrieved(id)).toMatchObject({
      summary: { chargedAmount: 41000 },
      refunds: [{ state: 'Pending' }],
    })
    const form = new URLSearchParams({ state: 'Failed' })
    await fetch(`${sandbox.url}/admin/pending-refund/${body.refundId}`, { method: 'POST', body: form })
    expect(await retrieved(id)).toMatchObject({ refunds: [{ state: 'Failed' }] })
    expect((await retrieved(id)).summary).not.toHaveProperty('refundedAmount')
  })

  it('reports the payout of a day, fees and all, in pages', async () => {
    clock.ahead = 40 * 24 * 3_600_000
    const day = new Date(Date.now() + clock.ahead).toISOString().slice(0, 10)
    const ids = [await created(), await created(), await created()]
    for (const id of ids) await atTheCardPage(sandbox.url, id)
    await call('POST', `/v1/payments/${ids[0]}/refunds`, { amount: 1000 })
    const { body } = await call('GET', `/report/v1/payouts?fromDate=${day}&toDate=${day}&currency=SEK`)
    const [payout] = body.payouts
    expect(payout).toMatchObject({
      date: day,
      chargedAmount: 123_000,
      refundedAmount: 1000,
      numberOfCharges: 3,
    })
    expect(payout.amount).toBe(payout.chargedAmount - payout.refundedAmount - payout.fees)
    const pageOf = async (page: number) =>
      (await call('GET', `/report/v1/payouts/${payout.id}?pageNumber=${page}&pageSize=3`)).body.paymentActions
    const actions = [...(await pageOf(0)), ...(await pageOf(1))]
    expect(await pageOf(2)).toEqual([])
    expect(actions).toHaveLength(4)
    expect(new Set(actions.map(({ paymentId }: { paymentId: string }) => paymentId))).toEqual(new Set(ids))
    const fees = actions.reduce((sum: number, { fee }: { fee: number }) => sum + fee, 0)
    expect(fees).toBe(payout.fees)
  })
})

describe("the sandbox's Nets Easy, key by key and type by type", () => {
  /** Surcharges are printed as zeros in some examples and left out in others. */
  const free = ['reservedSurchargeAmount', 'chargedSurchargeAmount']
  const like = (file: string, ours: unknown) =>
    shapeDifferences(payload(`nets-easy/api/${file}`).response.body, ours, { free })

  it('creates as in the examples', async () => {
    const hosted = await call(
      'POST',
      '/v1/payments',
      payload('nets-easy/api/create-payment.hosted.json').request.body,
    )
    expect(hosted.status).toBe(201)
    expect(like('create-payment.hosted.json', hosted.body)).toEqual([])
    const embedded = await call(
      'POST',
      '/v1/payments',
      payload('nets-easy/api/create-payment.embedded.json').request.body,
    )
    expect(like('create-payment.embedded.json', embedded.body)).toEqual([])
    const invalid = await call(
      'POST',
      '/v1/payments',
      payload('nets-easy/api/error-400.validation.json').request.body,
    )
    expect(invalid.status).toBe(400)
    expect(Object.keys(invalid.body.errors)).toEqual(
      expect.arrayContaining(
        Object.keys(payload('nets-easy/api/error-400.validation.json').response.body.errors),
      ),
    )
  })

  it('retrieves as in the examples, in every state', async () => {
    const id = await created()
    expect(like('retrieve.new.json', await retrieved(id).then((payment) => ({ payment })))).toEqual([])
    await atTheCardPage(sandbox.url, id)
    expect(like('retrieve.charged.json', { payment: await retrieved(id) })).toEqual([])
    const [{ chargeId }] = (await retrieved(id)).charges
    const refunded = await call('POST', `/v1/charges/${chargeId}/refunds`, { amount: 35000 })
    expect(like('refund.charge.partial.json', refunded.body)).toEqual([])
    expect(like('retrieve.partially-refunded.json', { payment: await retrieved(id) })).toEqual([])
    await call('POST', `/v1/charges/${chargeId}/refunds`, { amount: 6000 })
    expect(like('retrieve.refunded.json', { payment: await retrieved(id) })).toEqual([])

    sandbox.world.refunds = 'pending'
    const swish = await created()
    await atTheCardPage(sandbox.url, swish, { do: 'swish' })
    expect(like('retrieve.charged-without-reservation.json', { payment: await retrieved(swish) })).toEqual([])
    const pending = await created()
    await atTheCardPage(sandbox.url, pending)
    await call('POST', `/v1/payments/${pending}/refunds`, { amount: 1000 })
    expect(like('retrieve.refund-pending.json', { payment: await retrieved(pending) })).toEqual([])

    const closed = await created()
    await call('PUT', `/v1/payments/${closed}/terminate`)
    expect(like('retrieve.terminated.json', { payment: await retrieved(closed) })).toEqual([])
  })

  it('reserves, charges a part and releases as in the examples', async () => {
    sandbox.world.autoCharge = 'never'
    const id = await created()
    await atTheCardPage(sandbox.url, id)
    expect(like('retrieve.reserved.json', { payment: await retrieved(id) })).toEqual([])
    const part = await call('POST', `/v1/payments/${id}/charges`, { amount: 6000, orderItems: [item(6000)] })
    expect(like('charge.full.json', part.body)).toEqual([])
    expect(like('retrieve.partially-charged.json', { payment: await retrieved(id) })).toEqual([])

    const released = await created()
    await atTheCardPage(sandbox.url, released)
    expect((await call('POST', `/v1/payments/${released}/cancels`, { amount: 41000 })).status).toBe(204)
    expect(like('retrieve.cancelled.json', { payment: await retrieved(released) })).toEqual([])

    sandbox.world.charges = 'declined'
    const declined = await created()
    await atTheCardPage(sandbox.url, declined)
    const answer = await call('POST', `/v1/payments/${declined}/charges`, { amount: 41000 })
    sandbox.world.charges = 'work'
    expect(answer.status).toBe(402)
    expect(like('error-402.charge-declined.json', answer.body)).toEqual([])
  })

  it('pays out as in the examples', async () => {
    await atTheCardPage(sandbox.url, await created())
    const day = new Date().toISOString().slice(0, 10)
    const { body } = await call('GET', `/report/v1/payouts?fromDate=${day}&toDate=${day}`)
    expect(like('reporting.payouts.json', body)).toEqual([])
    const detail = await call('GET', `/report/v1/payouts/${body.payouts[0].id}`)
    expect(like('reporting.payout-detail.json', detail.body)).toEqual([])
  })

  it('tells every event as in the examples, in both versions', async () => {
    sandbox.world.webhooks.behaviour = { ...wellBehaved, versions: 'both' }
    const id = await created()
    await atTheCardPage(sandbox.url, id, { number: '4000000000000002' })
    await atTheCardPage(sandbox.url, id)
    await call('POST', `/v1/payments/${id}/refunds`, { amount: 1000, myReference: 'REFUND-1' })
    sandbox.world.refunds = 'failed'
    await call('POST', `/v1/payments/${id}/refunds`, { amount: 1000, myReference: 'REFUND-2' })
    sandbox.world.autoCharge = 'fails'
    const reserved = await created()
    await atTheCardPage(sandbox.url, reserved)
    await call('POST', `/v1/payments/${reserved}/cancels`, { amount: 41000 })
    await sandbox.world.webhooks.idle()

    const events = receiver.received.map(({ body }) => JSON.parse(body.toString()))
    const names = new Set(events.map(({ event }) => event))
    expect([...names].sort()).toEqual([
      'payment.cancel.created',
      'payment.charge.created',
      'payment.charge.created.v2',
      'payment.charge.failed',
      'payment.charge.failed.v2',
      'payment.checkout.completed',
      'payment.created',
      'payment.refund.completed',
      'payment.refund.failed',
      'payment.refund.initiated',
      'payment.refund.initiated.v2',
      'payment.reservation.created',
      'payment.reservation.created.v2',
      'payment.reservation.failed',
    ])
    for (const event of events) {
      // Our orders send no consumer, so the consumer of an event holds no more than an address on the network.
      const differences = shapeDifferences(webhookBody(`nets-easy/${event.event}.json`), event, {
        free: ['consumer'],
      })
      expect({ event: event.event, differences }).toEqual({ event: event.event, differences: [] })
    }
  })

  it('gives both versions of one happening the same id', async () => {
    sandbox.world.webhooks.behaviour = { ...wellBehaved, versions: 'both' }
    await atTheCardPage(sandbox.url, await created())
    await sandbox.world.webhooks.idle()
    const events = receiver.received.map(({ body }) => JSON.parse(body.toString()))
    for (const name of ['payment.reservation.created', 'payment.charge.created']) {
      const ids = events.filter(({ event }) => event.startsWith(name)).map(({ id }) => id)
      expect(ids).toHaveLength(2)
      expect(new Set(ids).size).toBe(1)
    }
  })
})
