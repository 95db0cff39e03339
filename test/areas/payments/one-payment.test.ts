import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postingsOf } from '../../../src/areas/ledger/store.ts'
import { eventsOf } from '../../../src/areas/payments/event-store.ts'
import { heldDebts, linesOf } from '../../../src/areas/payments/line-store.ts'
import { readPayment } from '../../../src/areas/payments/store.ts'
import { writeBackOf } from '../../../src/areas/payments/write-back-store.ts'
import { startTown, type Town } from '../../support/town.ts'

describe.each(['nets-easy', 'stripe'])('one payment through %s', (provider) => {
  let town: Town
  beforeAll(async () => {
    town = await startTown((settings) => ({ ...settings, payments: { ...settings.payments, provider } }))
  })
  afterAll(() => town.stop())

  it('takes Elsa from three debts to quits everywhere', async () => {
    const { context, koha } = town
    const elsa = koha.world.patron('elsa')
    const reference = await town.started('elsa')
    expect((await readPayment(context.db, reference))?.state).toBe('open')
    expect(await heldDebts(context.db, elsa.id)).toHaveLength(3)

    town.payByCard(reference)
    await town.work()

    const payment = await readPayment(context.db, reference)
    expect(payment).toMatchObject({
      state: 'paid',
      amount: 88600,
      parked: null,
      paidWith: { method: 'card', lastDigits: '4242' },
    })
    expect(koha.world.owes(elsa.id)).toBe(0)
    const ours = koha.world.creditsOf(elsa.id).filter((credit) => credit.description?.includes(reference))
    expect(ours).toHaveLength(1)
    expect(ours[0]).toMatchObject({ type: 'PAYMENT', libraryId: 'BIO', paymentType: 'KVITT', outstanding: 0 })
    expect(ours[0]?.note).toContain(reference)

    const entry = await postingsOf(context.db, reference)
    expect(entry.map(({ from, to, amount }) => ({ from, to, amount }))).toEqual([
      { from: '31900', to: '15810', amount: 16000 },
      { from: '31910', to: '15810', amount: 52600 },
      { from: '31920', to: '15810', amount: 20000 },
    ])
    expect(new Set(entry.map(({ coding }) => coding.costCentre))).toEqual(new Set(['600130']))
    expect(await writeBackOf(context.db, payment?.id ?? 0)).toMatchObject({ state: 'done', surplus: 0 })
    expect(await heldDebts(context.db, elsa.id)).toEqual([])
    expect((await eventsOf(context.db, payment?.id ?? 0)).map(({ what }) => what)).toEqual([
      'opened',
      'paid',
      'registered',
    ])

    const mail = await town.mailbox.waitFor((message) => message.subject.includes(reference))
    expect(mail.to).toContain('elsa@demo.kvitt.example')
  })

  it('tells the payment company fee types and codes, and neither names nor titles', async () => {
    const reference = await town.started('ingrid')
    const [line] = await linesOf(town.context.db, (await readPayment(town.context.db, reference))?.id ?? 0)
    const order = JSON.stringify(town.atCards(reference))
    expect(order).toContain('31900.600130.70')
    expect(order).toContain('Förseningsavgift')
    expect(line?.title).toBeTruthy()
    for (const secret of [line?.title ?? '?', line?.barcode ?? '?', 'Ingrid', 'Sandahl', 'ingrid'])
      expect(order).not.toContain(secret)
  })

  it('finds the payment by itself when neither the browser nor a webhook comes', async () => {
    town.cards.world.webhooks.behaviour.drop = 'all'
    const reference = await town.started('bengt')
    town.payByCard(reference)
    await town.passTime(60)
    town.cards.world.webhooks.behaviour.drop = 'none'
    expect((await readPayment(town.context.db, reference))?.state).toBe('paid')
    expect(town.koha.world.owes(town.koha.world.patron('bengt').id)).toBe(0)
  })

  it('lets a declined card be followed by one that works, in the same payment', async () => {
    const reference = await town.started('gun')
    town.declineCard(reference)
    await town.work()
    expect((await readPayment(town.context.db, reference))?.state).toBe('open')
    town.payByCard(reference)
    await town.work()
    expect((await readPayment(town.context.db, reference))?.state).toBe('paid')
    expect(town.koha.world.owes(town.koha.world.patron('gun').id)).toBe(0)
  })
})
