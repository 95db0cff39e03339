import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wellBehaved } from '../../../sandbox/cards/webhooks.ts'
import { postingsOf } from '../../../src/areas/ledger/store.ts'
import { readPayment } from '../../../src/areas/payments/store.ts'
import { startTown, type Town } from '../../support/town.ts'

describe('webhooks', () => {
  let town: Town
  beforeAll(async () => {
    town = await startTown()
  })
  afterAll(() => town.stop())

  const behave = (more: Partial<typeof wellBehaved>) =>
    Object.assign(town.cards.world.webhooks.behaviour, wellBehaved, more)
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${town.baseUrl}/webhooks/nets-easy`, { method: 'POST', body: JSON.stringify(body), headers })
  const secret = () =>
    String((town.context.config.providers['nets-easy'] as { webhookSecret: string }).webhookSecret)
  const credits = (userid: string, reference: string) =>
    town.koha.world
      .creditsOf(town.koha.world.patron(userid).id)
      .filter((credit) => credit.description?.includes(reference))

  it('that come twenty times at once and backwards make one credit and one entry', async () => {
    behave({ copies: 20, order: 'backwards', versions: 'both' })
    const reference = await town.started('elsa')
    town.payByCard(reference)
    await town.work()
    behave({})
    expect(credits('elsa', reference)).toHaveLength(1)
    expect(await postingsOf(town.context.db, reference)).toHaveLength(3)
    const [kept] = await town.context.db.query<{ events: number }>(
      'select count(*) as events from webhook where checkout_id is not null',
    )
    expect(kept?.events).toBeLessThan(10)
  })

  it.each(['wrong', 'none'] as const)('with %s proof are refused and change nothing', async (proof) => {
    behave({ proof })
    const before = await town.context.db.query('select id from webhook')
    const answer = await post(
      { id: 'x', event: 'payment.charge.created', data: { paymentId: 'y' } },
      proof === 'wrong' ? { authorization: 'guessed' } : {},
    )
    expect(answer.status).toBe(401)
    expect(await town.context.db.query('select id from webhook')).toEqual(before)
    behave({})
  })

  it('that say paid when the provider says open are not believed', async () => {
    const reference = await town.started('ingrid')
    const { id } = town.atCards(reference)
    const lie = {
      id: 'lie-1',
      event: 'payment.charge.created.v2',
      timestamp: '2026-11-21T12:00:00.0000+00:00',
      data: { paymentId: id, chargeId: 'lie-1', amount: { amount: 3000, currency: 'SEK' } },
    }
    expect((await post(lie, { authorization: secret() })).status).toBe(200)
    await town.work()
    expect((await readPayment(town.context.db, reference))?.state).toBe('open')
    expect(credits('ingrid', reference)).toEqual([])
  })

  it('that nobody here can read are kept once, and answered so that they do not come again', async () => {
    const odd = { hello: 'world' }
    for (let times = 0; times < 3; times += 1)
      expect((await post(odd, { authorization: secret() })).status).toBe(200)
    expect(await town.context.db.query("select id from webhook where event = 'unreadable'")).toHaveLength(1)
  })

  it('of a checkout that we do not know wait an hour for it and are then put aside', async () => {
    const waiting = () =>
      town.context.db.query("select webhook_id from webhook_waiting where checkout_id = 'unknown-checkout'")
    for (const id of ['early-1', 'early-2', 'early-3']) {
      const early = { id, event: 'payment.created', data: { paymentId: 'unknown-checkout' } }
      expect((await post(early, { authorization: secret() })).status).toBe(200)
    }
    await town.work()
    expect(await waiting()).toHaveLength(3)
    town.clock.advance(3700)
    await town.work()
    expect(await waiting()).toEqual([])
    expect(
      await town.context.db.query("select id from webhook where checkout_id = 'unknown-checkout'"),
    ).toHaveLength(3)
    expect(town.logged).toContainEqual(expect.objectContaining({ level: 'warn', webhooks: 3 }))
  })

  it('that are too large, or to no provider, or not posted are told so', async () => {
    expect((await post({ large: 'x'.repeat(200_000) }, { authorization: secret() })).status).toBe(413)
    expect((await fetch(`${town.baseUrl}/webhooks/nobody`, { method: 'POST' })).status).toBe(404)
    expect((await fetch(`${town.baseUrl}/webhooks/nets-easy`)).status).toBe(405)
  })
})
