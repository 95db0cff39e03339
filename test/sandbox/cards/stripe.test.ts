import Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { closeDispute, dispute } from '../../../sandbox/cards/acts.ts'
import { type SandboxCards, startSandboxCards } from '../../../sandbox/cards/server.ts'
import { payload, webhookBody } from '../../fixtures/payloads.ts'
import { atTheCardPage } from './borrower.ts'
import { shapeDifferences } from './same-shape.ts'
import { receiveWebhooks, type WebhookReceiver } from './webhook-receiver.ts'

const KEY = 'sk_test_0123456789'
const SECRET = 'whsec_0123456789'

let sandbox: SandboxCards
let receiver: WebhookReceiver
let stripe: Stripe
const clock = { ahead: 0 }

beforeAll(async () => {
  receiver = await receiveWebhooks()
  sandbox = await startSandboxCards({
    port: 0,
    now: () => new Date(Date.now() + clock.ahead),
    nets: { secretKey: 'test-secret-key-unused' },
    stripe: { secretKey: KEY, endpoint: { url: receiver.url, secret: SECRET } },
    webhookBackoffMs: [5],
  })
  const { hostname, port } = new URL(sandbox.url)
  stripe = new Stripe(KEY, { host: hostname, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 })
})

afterEach(async () => {
  await sandbox.world.webhooks.idle()
  sandbox.world.faults.clear()
  sandbox.world.autoCharge = 'works'
  sandbox.world.refunds = 'completed'
  receiver.received.length = 0
  clock.ahead = 0
})

afterAll(async () => {
  await sandbox.stop()
  await receiver.stop()
})

const inMinutes = (minutes: number) => Math.floor(Date.now() / 1000) + minutes * 60

const sessionFor = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) => ({
  mode: 'payment' as const,
  client_reference_id: 'KV-1',
  success_url: 'https://avgifter.example/retur?session_id={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://avgifter.example/avbruten',
  locale: 'sv' as const,
  expires_at: inMinutes(31),
  metadata: { kvitt_reference: 'KV-1' },
  line_items: [
    {
      quantity: 1,
      price_data: { currency: 'sek', unit_amount: 6000, product_data: { name: 'Förseningsavgift' } },
    },
    {
      quantity: 1,
      price_data: { currency: 'sek', unit_amount: 35000, product_data: { name: 'Ersättning' } },
    },
  ],
  ...more,
})

describe("Stripe's own library and the sandbox's Stripe", () => {
  it('tell of refunds within the charge, with what we wrote beside them, and of disputes', async () => {
    const { id } = await stripe.checkout.sessions.create(sessionFor())
    await atTheCardPage(sandbox.url, id)
    const look = async () => {
      const session = await stripe.checkout.sessions.retrieve(id, {
        expand: ['payment_intent.latest_charge.refunds'],
      })
      return (session.payment_intent as Stripe.PaymentIntent).latest_charge as Stripe.Charge
    }
    const charge = await look()
    expect(charge).toMatchObject({ disputed: false, refunds: { data: [], has_more: false } })
    const metadata = { kvitt_refund: 'KV-1-R1' }
    await stripe.refunds.create({ charge: charge.id, amount: 100, metadata }, { idempotencyKey: 'KV-1-R1' })
    expect((await look()).refunds?.data).toMatchObject([{ amount: 100, status: 'succeeded', metadata }])

    const payment = sandbox.world.payments.get(id)
    if (!payment) throw new Error('gone')
    dispute(sandbox.world, payment, 6000)
    expect((await look()).disputed).toBe(true)
    const disputes = await stripe.disputes.list({ charge: charge.id, limit: 100 })
    expect(disputes.data).toMatchObject([{ amount: 6000, status: 'needs_response', charge: charge.id }])
    await expect(stripe.refunds.create({ charge: charge.id, amount: 100 })).rejects.toMatchObject({
      code: 'charge_disputed',
    })
  })

  it('create a session, see it paid, and give the money back', async () => {
    const session = await stripe.checkout.sessions.create(sessionFor(), { idempotencyKey: 'KV-1-create' })
    expect(session).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 41000,
      currency: 'sek',
    })
    const visit = await atTheCardPage(sandbox.url, session.id)
    expect(visit.goesTo).toBe(`https://avgifter.example/retur?session_id=${session.id}`)

    const paid = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent.latest_charge'],
    })
    expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', url: null })
    const intent = paid.payment_intent as Stripe.PaymentIntent
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 41000 })

    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 35000 })
    expect(refund).toMatchObject({ status: 'succeeded', amount: 35000 })
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded' })
    const charge = await stripe.charges.retrieve((intent.latest_charge as Stripe.Charge).id)
    expect(charge).toMatchObject({ amount_refunded: 35000, refunded: false })
    await expect(stripe.refunds.create({ payment_intent: intent.id, amount: 7000 })).rejects.toThrow(
      'greater',
    )
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ id: intent.id })
  })

  it('expire a session, once, and a session expires by itself when its time is up', async () => {
    const session = await stripe.checkout.sessions.create(sessionFor())
    expect(await stripe.checkout.sessions.expire(session.id)).toMatchObject({ status: 'expired', url: null })
    await expect(stripe.checkout.sessions.expire(session.id)).rejects.toBeInstanceOf(
      Stripe.errors.StripeInvalidRequestError,
    )
    const other = await stripe.checkout.sessions.create(sessionFor())
    clock.ahead = 32 * 60_000
    expect(await stripe.checkout.sessions.retrieve(other.id)).toMatchObject({ status: 'expired' })
    await sandbox.world.webhooks.idle()
    const types = receiver.received.map(({ body }) => JSON.parse(body.toString()).type)
    expect(types).toEqual(['checkout.session.expired', 'checkout.session.expired'])
  })

  it('replay the answer to a key, and refuse the key with other parameters', async () => {
    const parameters = sessionFor()
    const first = await stripe.checkout.sessions.create(parameters, { idempotencyKey: 'twice' })
    const again = await stripe.checkout.sessions.create(parameters, { idempotencyKey: 'twice' })
    expect(again.id).toBe(first.id)
    const other = stripe.checkout.sessions.create(sessionFor({ client_reference_id: 'KV-2' }), {
      idempotencyKey: 'twice',
    })
    await expect(other).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError)
  })

  it('speak of errors in the same words', async () => {
    const { hostname, port } = new URL(sandbox.url)
    const stranger = new Stripe('sk_test_wrong', {
      host: hostname,
      port,
      protocol: 'http',
      maxNetworkRetries: 0,
    })
    await expect(stranger.checkout.sessions.create(sessionFor())).rejects.toBeInstanceOf(
      Stripe.errors.StripeAuthenticationError,
    )
    await expect(stripe.checkout.sessions.retrieve('cs_test_nobody')).rejects.toMatchObject({
      code: 'resource_missing',
    })
    await expect(
      stripe.checkout.sessions.create(sessionFor({ expires_at: inMinutes(5) })),
    ).rejects.toMatchObject({
      param: 'expires_at',
    })
    sandbox.world.faults.add({ on: 'stripe.create', kind: 'error', times: 1 })
    await expect(stripe.checkout.sessions.create(sessionFor())).rejects.toBeInstanceOf(
      Stripe.errors.StripeAPIError,
    )
    // The library tries once more on a line that was cut, whatever it was told about retries.
    sandbox.world.faults.add({ on: 'stripe.create', kind: 'cut-after', times: 3 })
    await expect(stripe.checkout.sessions.create(sessionFor())).rejects.toBeInstanceOf(
      Stripe.errors.StripeConnectionError,
    )
  })

  it('hold money and take it', async () => {
    sandbox.world.autoCharge = 'never'
    const session = await stripe.checkout.sessions.create(sessionFor())
    await atTheCardPage(sandbox.url, session.id)
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id)
    expect(await stripe.paymentIntents.retrieve(String(payment_intent))).toMatchObject({
      status: 'requires_capture',
    })
    expect(await stripe.paymentIntents.capture(String(payment_intent))).toMatchObject({ status: 'succeeded' })
  })

  it('sign events so that the library takes them', async () => {
    const session = await stripe.checkout.sessions.create(sessionFor())
    await atTheCardPage(sandbox.url, session.id, { number: '4000000000000002' })
    await atTheCardPage(sandbox.url, session.id)
    await sandbox.world.webhooks.idle()
    const types = receiver.received.map(({ body, headers }) => {
      return stripe.webhooks.constructEvent(body, String(headers['stripe-signature']), SECRET).type
    })
    expect(types).toEqual([
      'payment_intent.payment_failed',
      'checkout.session.completed',
      'payment_intent.succeeded',
    ])
  })
})

describe("the sandbox's Stripe, key by key and type by type", () => {
  const free = ['metadata', 'lastResponse']
  const like = (file: string, ours: unknown) =>
    shapeDifferences(payload(`stripe/api/${file}`).response.body, ours, { free })

  it('answers as in the examples', async () => {
    const session = await stripe.checkout.sessions.create(sessionFor())
    expect(like('checkout-session.create.json', session)).toEqual([])
    await atTheCardPage(sandbox.url, session.id)
    const paid = await stripe.checkout.sessions.retrieve(session.id)
    const refund = await stripe.refunds.create({ payment_intent: String(paid.payment_intent) })
    expect(like('refund.create.json', refund)).toEqual([])
    const other = await stripe.checkout.sessions.create(sessionFor())
    expect(like('checkout-session.expire.json', await stripe.checkout.sessions.expire(other.id))).toEqual([])
  })

  it('tells every event as in the examples', async () => {
    const session = await stripe.checkout.sessions.create(sessionFor())
    await atTheCardPage(sandbox.url, session.id, { number: '4000000000000002' })
    await atTheCardPage(sandbox.url, session.id, { number: '4000002500003155' })
    await atTheCardPage(sandbox.url, session.id, { do: 'code', code: '1234' })
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id)
    await stripe.refunds.create({ payment_intent: String(payment_intent), amount: 35000 })
    sandbox.world.refunds = 'failed'
    await stripe.refunds.create({ payment_intent: String(payment_intent), amount: 1000 })
    const payment = sandbox.world.payments.get(session.id)
    if (!payment) throw new Error('gone')
    closeDispute(sandbox.world, payment, dispute(sandbox.world, payment), 'lost')
    await stripe.checkout.sessions.expire((await stripe.checkout.sessions.create(sessionFor())).id)
    sandbox.world.autoCharge = 'never'
    const held = await stripe.checkout.sessions.create(sessionFor())
    await atTheCardPage(sandbox.url, held.id)
    const heldIntent = (await stripe.checkout.sessions.retrieve(held.id)).payment_intent
    await stripe.paymentIntents.cancel(String(heldIntent))
    await sandbox.world.webhooks.idle()

    const events = receiver.received.map(({ body }) => JSON.parse(body.toString()))
    expect([...new Set(events.map(({ type }) => type))].sort()).toEqual([
      'charge.dispute.closed',
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.refunded',
      'checkout.session.completed',
      'checkout.session.expired',
      'payment_intent.amount_capturable_updated',
      'payment_intent.canceled',
      'payment_intent.payment_failed',
      'payment_intent.succeeded',
      'refund.created',
      'refund.failed',
      'refund.updated',
    ])
    for (const event of events) {
      const known = webhookBody(`stripe/${event.type}.json`)
      // Left out: keys that come only with a balance transaction that the sandbox does not keep, or with a charge that failed.
      const differences = shapeDifferences(known, event, {
        free: ['metadata', 'failure_balance_transaction', 'previous_attributes', 'last_payment_error'],
      })
      expect({ type: event.type, differences }).toEqual({ type: event.type, differences: [] })
    }
  })
})
