import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type SandboxCards, startSandboxCards } from '../../../sandbox/cards/server.ts'
import { type Behaviour, wellBehaved } from '../../../sandbox/cards/webhooks.ts'
import { ore } from '../../../src/base/money.ts'
import type { PaymentProvider } from '../../../src/outside/ports/provider.ts'
import { knownProviders } from '../../../src/outside/providers/list.ts'
import { anOrder } from '../../outside/providers/an-order.ts'
import { atTheCardPage } from './borrower.ts'
import { receiveWebhooks, type WebhookReceiver } from './webhook-receiver.ts'

let sandbox: SandboxCards
let receiver: WebhookReceiver
let nets: PaymentProvider

beforeAll(async () => {
  receiver = await receiveWebhooks()
  sandbox = await startSandboxCards({
    port: 0,
    nets: { secretKey: 'test-secret-key-0123456789' },
    stripe: { secretKey: 'sk_test_unused' },
    webhookBackoffMs: [5, 5, 5],
    webhookCutOffMs: 100,
  })
  const settings = {
    apiUrl: sandbox.url,
    checkoutOrigins: [sandbox.url],
    secretKey: 'test-secret-key-0123456789',
    webhookSecret: 'a1B2c3D4e5F6g7H8',
  }
  nets = knownProviders['nets-easy'].create(settings, { now: () => new Date() })
})

afterEach(async () => {
  await sandbox.world.webhooks.idle()
  sandbox.world.webhooks.behaviour = { ...wellBehaved }
  sandbox.world.webhooks.deliveries.length = 0
  receiver.received.length = 0
  receiver.answers.length = 0
})

afterAll(async () => {
  await sandbox.stop()
  await receiver.stop()
})

/** Elsa pays; what came of it, by event. */
async function elsaPays(behaviour: Partial<Behaviour> = {}, answers: number[] = []): Promise<string[]> {
  sandbox.world.webhooks.behaviour = { ...wellBehaved, ...behaviour }
  receiver.answers.push(...answers)
  const lines = [{ reference: '1', name: 'Förseningsavgift', amount: ore(16000) }]
  const outcome = await nets.createCheckout(anOrder(lines, { webhookUrl: receiver.url }))
  if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome))
  await atTheCardPage(sandbox.url, outcome.checkoutId)
  await sandbox.world.webhooks.idle()
  return receiver.received.map(({ body }) => JSON.parse(body.toString()).event)
}

const asItHappened = [
  'payment.created',
  'payment.reservation.created.v2',
  'payment.checkout.completed',
  'payment.charge.created.v2',
]

describe('webhooks of the sandbox', () => {
  it('come in order when all is well', async () => {
    expect(await elsaPays()).toEqual(asItHappened)
    expect(sandbox.world.webhooks.deliveries.every(({ state }) => state === 'delivered')).toBe(true)
  })

  it('come late', async () => {
    const start = performance.now()
    expect(await elsaPays({ delayMs: 60 })).toEqual(asItHappened)
    expect(performance.now() - start).toBeGreaterThan(55)
  })

  it('come three times', async () => {
    const events = await elsaPays({ copies: 3 })
    expect(events.filter((event) => event === 'payment.charge.created.v2')).toHaveLength(3)
    expect(new Set(receiver.received.map(({ body }) => body.toString())).size).toBe(4)
  })

  it('come backwards, or in any order', async () => {
    expect(await elsaPays({ order: 'backwards' })).toEqual(asItHappened.toReversed())
    receiver.received.length = 0
    expect((await elsaPays({ order: 'shuffled' })).sort()).toEqual([...asItHappened].sort())
  })

  it('do not come at all, and can be sent again by hand', async () => {
    expect(await elsaPays({ drop: 'all' })).toEqual([])
    const [dropped] = sandbox.world.webhooks.deliveries
    expect(dropped).toMatchObject({ state: 'dropped', tries: [] })
    await fetch(`${sandbox.url}/admin/resend/${dropped?.id}`, { method: 'POST' })
    await sandbox.world.webhooks.idle()
    expect(receiver.received).toHaveLength(1)
  })

  it('come in version 1, version 2, or both', async () => {
    const charges = async (versions: Behaviour['versions']) => {
      receiver.received.length = 0
      return (await elsaPays({ versions })).filter((event) => event.startsWith('payment.charge'))
    }
    expect(await charges('v1')).toEqual(['payment.charge.created'])
    expect(await charges('v2')).toEqual(['payment.charge.created.v2'])
    expect(await charges('both')).toEqual(['payment.charge.created', 'payment.charge.created.v2'])
  })

  it('hold numbers as text and keys that nobody knows, and our reader files them all the same', async () => {
    await elsaPays({ numbersAsStrings: true, extraKeys: true })
    const charge = JSON.parse(receiver.received.at(-1)?.body.toString() ?? '')
    expect(charge).toMatchObject({ data: { amount: { amount: '16000' } }, somethingNew: {} })
    for (const raw of receiver.received) expect(nets.readWebhook(raw, new Date()).kind).toBe('event')
  })

  it('are posted again until they are answered 200, and nothing else', async () => {
    const events = await elsaPays({}, [500, 204])
    const created = events.filter((event) => event === 'payment.created')
    expect(created.length + events.filter((event) => event === 'payment.reservation.created.v2').length).toBe(
      4,
    )
    const results = sandbox.world.webhooks.deliveries.map(({ tries }) => tries.map(({ result }) => result))
    expect(results.slice(0, 2)).toEqual([
      ['500', '200'],
      ['204', '200'],
    ])
  })

  it('are cut off when nobody answers in time, and given up in the end', async () => {
    await elsaPays({}, [0])
    expect(sandbox.world.webhooks.deliveries[0]?.tries[0]?.result).toBe('no answer in time')
    expect(sandbox.world.webhooks.deliveries[0]?.state).toBe('delivered')
    sandbox.world.webhooks.deliveries.length = 0
    receiver.received.length = 0
    await elsaPays(
      {},
      Array.from({ length: 100 }, () => 503),
    )
    expect(
      sandbox.world.webhooks.deliveries.every(
        ({ state, tries }) => state === 'given-up' && tries.length === 4,
      ),
    ).toBe(true)
  })
})
