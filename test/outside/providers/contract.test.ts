import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { FaultKind } from '../../../sandbox/cards/faults.ts'
import { type SandboxCards, startSandboxCards } from '../../../sandbox/cards/server.ts'
import { wellBehaved } from '../../../sandbox/cards/webhooks.ts'
import { ore } from '../../../src/base/money.ts'
import type { Order, PaymentProvider, RawWebhook } from '../../../src/outside/ports/provider.ts'
import { knownProviders } from '../../../src/outside/providers/list.ts'
import { atTheCardPage } from '../../sandbox/cards/borrower.ts'
import { receiveWebhooks, type WebhookReceiver } from '../../sandbox/cards/webhook-receiver.ts'

/** Every provider of the list tells the same stories. One that is added tells them too, or this file does not compile. */

const NETS_KEY = 'test-secret-key-0123456789abcdef'
const NETS_WEBHOOK = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6'
const STRIPE_KEY = 'sk_test_0123456789abcdef'
const STRIPE_WEBHOOK = 'whsec_0123456789abcdef'
const SECRETS = [NETS_KEY, NETS_WEBHOOK, STRIPE_KEY, STRIPE_WEBHOOK]

interface Case {
  settings: (url: string) => Record<string, unknown>
  /** The headers that prove a body. */
  prove: (body: string, at: Date) => Record<string, string>
}

const cases: Record<keyof typeof knownProviders, Case> = {
  'nets-easy': {
    settings: (url) => ({
      apiUrl: url,
      checkoutOrigins: [url],
      secretKey: NETS_KEY,
      webhookSecret: NETS_WEBHOOK,
    }),
    prove: () => ({ authorization: NETS_WEBHOOK }),
  },
  stripe: {
    settings: (url) => ({
      apiUrl: url,
      checkoutOrigins: [url],
      secretKey: STRIPE_KEY,
      webhookSecrets: ['whsec_the_one_before_this', STRIPE_WEBHOOK],
    }),
    prove: (body, at) => {
      const time = Math.floor(at.getTime() / 1000)
      const v1 = createHmac('sha256', STRIPE_WEBHOOK).update(`${time}.${body}`).digest('hex')
      return { 'stripe-signature': `t=${time},v1=${v1}` }
    },
  },
}

let sandbox: SandboxCards
let receiver: WebhookReceiver
const clock = { ahead: 0 }
const now = () => new Date(Date.now() + clock.ahead)

beforeAll(async () => {
  receiver = await receiveWebhooks()
  sandbox = await startSandboxCards({
    port: 0,
    now,
    nets: { secretKey: NETS_KEY },
    stripe: { secretKey: STRIPE_KEY, endpoint: { url: receiver.url, secret: STRIPE_WEBHOOK } },
    webhookBackoffMs: [5],
  })
})

afterEach(async () => {
  sandbox.world.faults.clear()
  sandbox.world.autoCharge = 'works'
  sandbox.world.charges = 'work'
  sandbox.world.refunds = 'completed'
  await sandbox.world.webhooks.idle()
  sandbox.world.webhooks.behaviour = { ...wellBehaved }
  receiver.received.length = 0
  clock.ahead = 0
})

afterAll(async () => {
  await sandbox.stop()
  await receiver.stop()
})

describe.each(Object.entries(cases))('%s', (name, { settings, prove }) => {
  const known = knownProviders[name as keyof typeof knownProviders]
  const create = (more: Record<string, unknown> = {}): PaymentProvider =>
    known.create({ ...settings(sandbox.url), ...more }, { now })
  let orders = 0

  const anOrder = (more: Partial<Order> = {}): Order => {
    orders += 1
    const lines = more.lines ?? [
      { reference: '88121', name: 'Förseningsavgift', amount: ore(16000) },
      { reference: '88190', name: 'Ersättning för förlorat material', amount: ore(52600) },
    ]
    return {
      reference: `KV-${name}-${orders}`,
      lines,
      total: ore(lines.reduce((sum, { amount }) => sum + amount, 0)),
      currency: 'SEK',
      language: 'sv',
      returnUrl: 'https://avgifter.example/betalning/1',
      cancelUrl: 'https://avgifter.example/betalning/1?avbruten=1',
      termsUrl: 'https://avgifter.example/villkor',
      webhookUrl: receiver.url,
      publicDevice: false,
      expiresAt: new Date(now().getTime() + 30 * 60_000).toISOString(),
      ...more,
    }
  }

  const started = async (provider = create(), more: Partial<Order> = {}): Promise<string> => {
    const outcome = await provider.createCheckout(anOrder(more))
    if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome))
    return outcome.checkoutId
  }

  it('is named as in the list and sends browsers only where its settings say', async () => {
    const provider = create()
    expect(provider.name).toBe(name)
    const outcome = await provider.createCheckout(anOrder())
    expect(outcome).toMatchObject({ kind: 'created' })
    if (outcome.kind === 'created') expect(provider.checkoutOrigins).toContain(new URL(outcome.url).origin)
  })

  it('does not point at a payment page in another place than the settings name (ASVS V3.7.2)', async () => {
    const provider = create({ checkoutOrigins: ['https://checkout.example'] })
    const outcome = await provider.createCheckout(anOrder())
    expect(outcome).toMatchObject({ kind: 'unknown', trouble: { kind: 'nonsense' } })
  })

  it('tells a checkout that nobody has touched as open', async () => {
    const provider = create()
    expect(await provider.look(await started(provider))).toEqual({ kind: 'open', lastTry: null })
  })

  it('lets Elsa pay, in the order she sees, and tells what she paid to the öre', async () => {
    const provider = create()
    const outcome = await provider.createCheckout(anOrder())
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    const page = await (await fetch(outcome.url)).text()
    expect(page).toContain('lang="sv"')
    expect(page).toContain('Ersättning för förlorat material')
    const visit = await atTheCardPage(sandbox.url, outcome.checkoutId)
    expect(visit.status).toBe(303)
    expect(visit.goesTo).toMatch(/^https:\/\/avgifter\.example\/betalning\/1/)
    const fact = await provider.look(outcome.checkoutId)
    expect(fact).toEqual({
      kind: 'paid',
      charged: 68600,
      refunded: 0,
      refunds: [],
      disputed: 0,
      currency: 'SEK',
      chargeId: expect.stringMatching(/\w{8}/),
      paidAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      with: { method: 'card', brand: 'Visa', lastDigits: '4242' },
    })
  })

  it('shows Priya her page in English', async () => {
    const outcome = await create().createCheckout(anOrder({ language: 'en' }))
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    expect(await (await fetch(outcome.url)).text()).toContain('Test page – no money is taken')
  })

  it('keeps the checkout open when Amir is declined, and takes his other card', async () => {
    const provider = create()
    const id = await started(provider)
    const visit = await atTheCardPage(sandbox.url, id, { number: '4000000000000002' })
    expect(visit.page).toContain('Kortet nekades')
    expect(await provider.look(id)).toMatchObject({ kind: 'open' })
    await atTheCardPage(sandbox.url, id)
    expect(await provider.look(id)).toMatchObject({ kind: 'paid', charged: 68600 })
  })

  it('takes Swish, which is charged without a reservation', async () => {
    const provider = create()
    const id = await started(provider)
    await atTheCardPage(sandbox.url, id, { do: 'swish' })
    expect(await provider.look(id)).toMatchObject({ kind: 'paid', charged: 68600, with: { method: 'swish' } })
  })

  it('knows that Bengt has paid although his browser never came back', async () => {
    const provider = create()
    const id = await started(provider)
    const visit = await atTheCardPage(sandbox.url, id, { do: 'vanish' })
    expect(visit).toMatchObject({ status: 200, goesTo: null })
    expect(await provider.look(id)).toMatchObject({ kind: 'paid' })
  })

  it('leaves the checkout open when Ingrid goes back, and makes it unpayable when we cancel it', async () => {
    const provider = create()
    const id = await started(provider)
    const visit = await atTheCardPage(sandbox.url, id, { do: 'cancel' })
    expect(visit.goesTo).toBe('https://avgifter.example/betalning/1?avbruten=1')
    expect(await provider.look(id)).toMatchObject({ kind: 'open' })
    expect(await provider.cancel(id)).toEqual({ kind: 'cancelled' })
    expect(await provider.look(id)).toMatchObject({ kind: 'ended' })
    const later = await atTheCardPage(sandbox.url, id)
    expect(later.page).toContain('stängd')
    expect(await provider.look(id)).toMatchObject({ kind: 'ended' })
  })

  it('says too late when she paid in the same second', async () => {
    const provider = create()
    const id = await started(provider)
    await atTheCardPage(sandbox.url, id)
    expect(await provider.cancel(id)).toEqual({ kind: 'too-late' })
    expect(await provider.look(id)).toMatchObject({ kind: 'paid' })
  })

  it('tells refunds made elsewhere', async () => {
    const provider = create()
    const id = await started(provider)
    await atTheCardPage(sandbox.url, id)
    await fetch(`${sandbox.url}/admin/refund/${id}`, { method: 'POST' })
    expect(await provider.look(id)).toMatchObject({ kind: 'paid', charged: 68600, refunded: 68600 })
  })

  const paid = async (): Promise<{ checkoutId: string; chargeId: string }> => {
    const checkoutId = await started()
    await atTheCardPage(sandbox.url, checkoutId)
    const fact = await create().look(checkoutId)
    if (fact.kind !== 'paid') throw new Error(fact.kind)
    return { checkoutId, chargeId: fact.chargeId }
  }

  it('gives back some of it and then the rest, and tells of each', async () => {
    const provider = create()
    const order = await paid()
    const first = await provider.refund({ ...order, amount: ore(60), reference: `${order.chargeId}-R1` })
    const second = await provider.refund({ ...order, amount: ore(68540), reference: `${order.chargeId}-R2` })
    if (first.kind !== 'accepted' || second.kind !== 'accepted') throw new Error('not accepted')
    const fact = await provider.look(order.checkoutId)
    expect(fact).toMatchObject({ kind: 'paid', charged: 68600, refunded: 68600 })
    const refunds = fact.kind === 'paid' ? fact.refunds : []
    expect(refunds.map(({ id, amount, state }) => ({ id, amount, state }))).toHaveLength(2)
    expect(refunds).toContainEqual(expect.objectContaining({ id: first.refundId, amount: 60, state: 'done' }))
    expect(refunds).toContainEqual(
      expect.objectContaining({ id: second.refundId, amount: 68540, state: 'done' }),
    )
  })

  it.each(['cut', 'cut-after', 'error', 'error-after'] as const)(
    'does not know what became of a refund after: %s; the same reference gives back once',
    async (kind) => {
      const provider = create()
      const order = { ...(await paid()), amount: ore(100), reference: `lost-${name}-${kind}` }
      sandbox.world.faults.add({ on: name === 'stripe' ? 'stripe.refund' : 'nets.refund', kind, times: 1 })
      expect(await provider.refund(order)).toMatchObject({ kind: 'unknown' })
      expect(await provider.refund(order)).toMatchObject({ kind: 'accepted' })
      expect(await provider.refund(order)).toMatchObject({ kind: 'accepted' })
      expect(sandbox.world.payments.get(order.checkoutId)?.refunds).toHaveLength(1)
    },
  )

  it('tells a refund that waits, and one that failed', async () => {
    const provider = create()
    const order = await paid()
    sandbox.world.refunds = 'pending'
    await provider.refund({ ...order, amount: ore(100), reference: `waits-${name}` })
    sandbox.world.refunds = 'failed'
    await provider.refund({ ...order, amount: ore(200), reference: `fails-${name}` })
    const fact = await provider.look(order.checkoutId)
    const refunds = fact.kind === 'paid' ? fact.refunds : []
    const known = refunds.map(({ amount, state }) => ({ amount, state }))
    expect(known).toContainEqual({ amount: 100, state: 'pending' })
    expect(known).toContainEqual({ amount: 200, state: 'failed' })
  })

  it('refuses for certain to give back more than was paid, and more than is left stays in doubt', async () => {
    const provider = create()
    const order = await paid()
    const more = { ...order, amount: ore(68601), reference: `more-${name}` }
    expect(await provider.refund(more)).toMatchObject({ kind: 'refused' })
    await provider.refund({ ...order, amount: ore(68600), reference: `all-${name}` })
    const again = { ...order, amount: ore(1), reference: `again-${name}` }
    expect(await provider.refund(again)).toMatchObject({ kind: 'unknown' })
  })

  it('files what happens to paid money under its checkout or its charge', async () => {
    const provider = create()
    const order = await paid()
    await sandbox.world.webhooks.idle()
    receiver.received.length = 0
    await provider.refund({ ...order, amount: ore(100), reference: `told-${name}` })
    await sandbox.world.webhooks.idle()
    const events = receiver.received.flatMap((raw) => {
      const reading = provider.readWebhook(raw, now())
      return reading.kind === 'event' ? [reading] : []
    })
    expect(events.length).toBeGreaterThan(1)
    for (const { event, subject } of events) {
      expect(provider.moneyBackEvents).toContain(event)
      expect([order.checkoutId, order.chargeId]).toContain(subject)
    }
  })

  it('tells reserved money as reserved, takes it once, and says when the bank declines', async () => {
    sandbox.world.autoCharge = 'never'
    const provider = create()
    const id = await started(provider)
    await atTheCardPage(sandbox.url, id)
    expect(await provider.look(id)).toEqual({ kind: 'reserved', reserved: 68600, currency: 'SEK' })
    sandbox.world.charges = 'declined'
    expect(await provider.charge(id, ore(68600), 'key-1')).toMatchObject({ kind: 'declined' })
    sandbox.world.charges = 'work'
    expect(await provider.charge(id, ore(68600), 'key-2')).toEqual({ kind: 'charged' })
    expect(await provider.charge(id, ore(68600), 'key-2')).toEqual({ kind: 'charged' })
    expect(await provider.charge(id, ore(68600), 'key-3')).toEqual({ kind: 'charged' })
    expect(sandbox.world.payments.get(id)?.charges).toHaveLength(1)
    expect(await provider.look(id)).toMatchObject({ kind: 'paid', charged: 68600 })
  })

  it('says that it does not know a checkout of nobody', async () => {
    expect(await create().look(name === 'stripe' ? 'cs_test_nobody' : 'f'.repeat(32))).toEqual({
      kind: 'absent',
    })
  })

  const silences: FaultKind[] = ['error', 'error-after', 'cut', 'cut-after', 'invalid-json', 'slow']

  it.each(silences)('calls everything unknown when the provider answers with: %s', async (kind) => {
    const provider = create({ answerSeconds: 0.25 })
    const id = await started(create())
    sandbox.world.faults.add({ on: 'any', kind, times: 3, milliseconds: 1000 })
    expect(await provider.createCheckout(anOrder())).toMatchObject({ kind: 'unknown' })
    expect(await provider.look(id)).toMatchObject({ kind: 'unknown' })
    const cancelled = await provider.cancel(id)
    // A success whose body cannot be read is still a success for a call that needs no body.
    if (kind !== 'invalid-json') expect(cancelled).toMatchObject({ kind: 'unknown' })
    sandbox.world.faults.clear()
    const fact = await provider.look(id)
    expect(['open', 'ended']).toContain(fact.kind)
  })

  it('does not know a payment while it may not ask', async () => {
    const provider = create()
    const id = await started(provider)
    sandbox.world.faults.add({ on: 'any', kind: 'too-many', times: 1 })
    expect(await provider.look(id)).toMatchObject({
      kind: 'unknown',
      trouble: { message: expect.stringContaining('429') },
    })
  })

  it('does not believe a charge whose answer was lost, and the same key does not charge again', async () => {
    sandbox.world.autoCharge = 'never'
    const provider = create()
    const id = await started(provider)
    await atTheCardPage(sandbox.url, id)
    const operation = name === 'stripe' ? 'stripe.capture' : 'nets.charge'
    sandbox.world.faults.add({ on: operation, kind: 'cut-after', times: 1 })
    expect(await provider.charge(id, ore(68600), 'lost')).toMatchObject({ kind: 'unknown' })
    expect(await provider.charge(id, ore(68600), 'lost')).toEqual({ kind: 'charged' })
    expect(sandbox.world.payments.get(id)?.charges).toHaveLength(1)
  })

  it('says refused, in words without secrets, when the provider will not have the order', async () => {
    const outcome = await create().createCheckout(anOrder({ returnUrl: 'nowhere', cancelUrl: 'nowhere' }))
    expect(outcome).toMatchObject({ kind: 'refused', trouble: { kind: 'refused' } })
    for (const secret of SECRETS) expect(JSON.stringify(outcome)).not.toContain(secret)
  })

  it('tells in plain words whether it can be used', async () => {
    expect(await create().tryOut()).toMatchObject({ ok: true })
    const wrong = await create({ secretKey: 'test-secret-key-wrong' }).tryOut()
    expect(wrong).toMatchObject({ ok: false, trouble: { kind: 'forbidden' } })
    if (!wrong.ok) expect(wrong.trouble.message).toContain('refuses our secret key')
    const gone = await create({ apiUrl: 'http://127.0.0.1:9' }).tryOut()
    expect(gone).toMatchObject({ ok: false, trouble: { kind: 'unreachable' } })
    expect(JSON.stringify([wrong, gone])).not.toContain('test-secret-key')
  })

  it('throws on an order that does not add up, before anything is sent', async () => {
    await expect(create().createCheckout(anOrder({ total: ore(1) }))).rejects.toThrow(RangeError)
  })

  it('files the webhooks of a payment, and refuses forged and unsigned ones alike', async () => {
    const provider = create()
    const id = await started(provider)
    await atTheCardPage(sandbox.url, id)
    await sandbox.world.webhooks.idle()
    const readings = receiver.received.map((raw) => provider.readWebhook(raw, now()))
    expect(readings.length).toBeGreaterThan(1)
    expect(readings.every(({ kind }) => kind === 'event')).toBe(true)
    expect(readings.some((reading) => reading.kind === 'event' && reading.subject === id)).toBe(true)

    const [first] = receiver.received
    if (!first) throw new Error('nothing came')
    const altered: RawWebhook = { ...first, headers: altering(first.headers) }
    const unsigned: RawWebhook = { ...first, headers: {} }
    expect(provider.readWebhook(altered, now())).toMatchObject({ kind: 'refused' })
    expect(provider.readWebhook(unsigned, now())).toEqual(provider.readWebhook(altered, now()))
  })

  it('refuses what the sandbox signs with another secret or not at all', async () => {
    const provider = create()
    for (const proof of ['wrong', 'none'] as const) {
      sandbox.world.webhooks.behaviour = { ...wellBehaved, proof }
      const id = await started(provider)
      await atTheCardPage(sandbox.url, id)
      await sandbox.world.webhooks.idle()
      expect(receiver.received.length).toBeGreaterThan(0)
      for (const raw of receiver.received) expect(provider.readWebhook(raw, now()).kind).toBe('refused')
      receiver.received.length = 0
    }
  })

  it.each([
    '',
    'null',
    '[]',
    '7',
    '"text"',
    '{}',
    '{"id":1}',
    '<html>',
    '{"data":{"paymentId":"\\u0000"}}',
    '\u{fffd}',
  ])('calls a proved body unreadable that is no event: %s', (body) => {
    const reading = create().readWebhook({ body: Buffer.from(body), headers: prove(body, now()) }, now())
    expect(reading.kind).toBe('unreadable')
  })

  it('sends no title, no name and nothing else than the order', async () => {
    const provider = create()
    const lines = [{ reference: '1', name: 'Förseningsavgift', amount: ore(100), title: 'Pippi Långstrump' }]
    const withMore = { ...anOrder({ lines }), patron: 'Elsa Exempelsson', personalNumber: '200001012384' }
    const outcome = await provider.createCheckout(withMore)
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    const known = JSON.stringify(sandbox.world.payments.get(outcome.checkoutId))
    for (const secret of ['Långstrump', 'Exempelsson', '200001012384']) expect(known).not.toContain(secret)
  })

  it('has settings that refuse what it does not know', () => {
    expect(known.settings.safeParse(settings('https://api.example')).success).toBe(true)
    expect(known.settings.safeParse({ ...settings('https://api.example'), misspelt: 1 }).success).toBe(false)
    expect(known.settings.safeParse({}).success).toBe(false)
  })
})

function altering(headers: Record<string, string | string[] | undefined>) {
  const turn = (value: string | string[] | undefined) =>
    typeof value === 'string' ? value.replace(/.$/, (last) => (last === '0' ? '1' : '0')) : value
  return {
    ...headers,
    authorization: turn(headers.authorization),
    'stripe-signature': turn(headers['stripe-signature']),
  }
}
