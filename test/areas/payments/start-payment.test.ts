import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { giveUpPayment } from '../../../src/areas/payments/give-up-payment.ts'
import { heldDebts } from '../../../src/areas/payments/line-store.ts'
import { settlePayment } from '../../../src/areas/payments/settle-payment.ts'
import { type Payment, readPayment } from '../../../src/areas/payments/store.ts'
import { ore } from '../../../src/base/money.ts'
import { startTown, type Town } from '../../support/town.ts'

describe('starting a payment', () => {
  let town: Town
  beforeAll(async () => {
    town = await startTown()
  })
  afterEach(async () => {
    town.cards.world.faults.clear()
    town.koha.world.faults.clear()
    const open = await town.context.db.query<{ reference: string }>(
      "select reference from payment where state in ('created', 'open')",
    )
    for (const { reference } of open) await giveUpPayment(town.context, reference)
  })
  afterAll(() => town.stop())

  const count = async () => (await town.context.db.query('select id from payment')).length
  const debits = (userid: string) =>
    town.koha.world
      .debitsOf(town.koha.world.patron(userid).id)
      .filter((line) => line.outstanding > 0)
      .map((line) => line.id)

  it('takes twenty presses of the button at once for one payment', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => town.start('elsa')))
    const kinds = outcomes.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'started')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'held')).toHaveLength(19)
    expect(town.cards.world.payments.size).toBe(1)
  })

  it.each([
    ['another borrower’s debt', () => debits('ingrid'), 'not-payable'],
    ['a debt that has vanished', () => [987_654], 'not-payable'],
    ['her own and another’s', () => [...debits('elsa'), ...debits('bengt')], 'not-payable'],
    ['nothing', () => [], 'nothing-chosen'],
    ['five hundred debts', () => Array.from({ length: 500 }, (_, id) => id + 1), 'too-many'],
  ])('refuses %s and writes nothing', async (_name, ids, kind) => {
    const before = await count()
    expect(await town.start('elsa', ids(), { shown: ore(88600) })).toMatchObject({ kind })
    expect(await count()).toBe(before)
  })

  it('refuses a sum that is not what Koha says now, whoever changed it', async () => {
    for (const shown of [1, 88599, 88601, 0, -88600]) {
      expect(await town.start('elsa', undefined, { shown: ore(shown) })).toEqual({
        kind: 'changed',
        shown,
        now: 88600,
      })
    }
  })

  it('refuses what still grows, what is handled elsewhere and what is below the minimum (ASVS V2.3.2)', async () => {
    expect(await town.start('priya')).toMatchObject({ kind: 'not-payable' })
    expect(await town.start('karin')).toMatchObject({ kind: 'not-payable' })
    expect(await town.start('pelle')).toEqual({ kind: 'below-minimum', sum: 500, minimum: 1000 })
  })

  it('takes no money against an old list: with Koha silent nothing starts', async () => {
    const before = await count()
    await town.koha.goDown()
    expect(await town.start('elsa')).toMatchObject({ kind: 'koha-silent' })
    await town.koha.comeUp()
    expect(await count()).toBe(before)
  })

  it.each(['error', 'cut', 'cut-after', 'invalid-json', 'error-after'] as const)(
    'points at nothing payable when the provider fails with %s, and lets the debts go',
    async (kind) => {
      town.cards.world.faults.add({ on: 'nets.create', kind, times: 1 })
      const outcome = await town.start('elsa')
      expect(outcome).toMatchObject({ kind: 'provider-silent' })
      const reference = outcome.kind === 'provider-silent' ? outcome.reference : ''
      expect((await readPayment(town.context.db, reference))?.state).toBe('failed')
      expect(await heldDebts(town.context.db, 101)).toEqual([])
      expect(await town.start('elsa')).toMatchObject({ kind: 'started' })
    },
  )

  it('ends a payment whose starting was cut short, when its time is up', async () => {
    const { insertPayment } = await import('../../../src/areas/payments/store.ts')
    const now = town.clock.now()
    const coding = {
      account: '31900',
      costCentre: '600130',
      activity: '70',
      project: null,
      counterparty: null,
      vat: 'O' as const,
    }
    const line = {
      debitId: 555,
      amount: ore(100),
      debitType: 'OVERDUE',
      libraryId: 'BIO',
      itemId: null,
      itemType: null,
      title: null,
      barcode: null,
      coding,
    }
    await town.context.db.transaction((tx) =>
      insertPayment(tx, {
        reference: 'DEMO-CUTT-SHRT-22',
        patronId: 101,
        amount: ore(100),
        currency: 'SEK',
        language: 'sv',
        receiptEmail: null,
        provider: 'nets-easy',
        createdAt: now,
        expiresAt: new Date(now.getTime() + 60_000),
        lines: [line],
      }),
    )
    await town.work()
    expect((await readPayment(town.context.db, 'DEMO-CUTT-SHRT-22'))?.state).toBe('created')
    await town.passTime(90)
    expect((await readPayment(town.context.db, 'DEMO-CUTT-SHRT-22'))?.state).toBe('failed')
    expect(await heldDebts(town.context.db, 101)).toEqual([])
  })
})

describe('an open payment', () => {
  let town: Town
  beforeAll(async () => {
    town = await startTown()
  })
  afterAll(() => town.stop())
  const state = async (reference: string) => (await readPayment(town.context.db, reference))?.state

  it('that is given up can never be paid afterwards', async () => {
    const reference = await town.started('elsa')
    expect((await giveUpPayment(town.context, reference))?.state).toBe('cancelled')
    town.payByCard(reference)
    await town.passTime(7200, 600)
    expect(await state(reference)).toBe('cancelled')
    expect(town.atCards(reference).charges).toEqual([])
  })

  it('that is paid at the very moment of giving up is paid', async () => {
    const reference = await town.started('elsa')
    town.payByCard(reference)
    expect((await giveUpPayment(town.context, reference))?.state).toBe('paid')
  })

  it('is called declined when a card was refused before it was given up', async () => {
    const reference = await town.started('ingrid')
    town.declineCard(reference)
    await town.work()
    expect((await giveUpPayment(town.context, reference))?.state).toBe('declined')
  })

  it('expires only after the provider has been asked, and cannot be paid then', async () => {
    const reference = await town.started('ingrid')
    await town.passTime(29 * 60, 60)
    expect(await state(reference)).toBe('open')
    await town.passTime(5 * 60, 60)
    expect(await state(reference)).toBe('expired')
    expect(town.atCards(reference).closed).not.toBeNull()
  })

  it('stays open, and keeps its debts, while the provider does not answer', async () => {
    const reference = await town.started('ingrid')
    for (let times = 0; times < 200; times += 1)
      town.cards.world.faults.add({ on: 'any', kind: 'error', times: 1 })
    await town.passTime(3 * 3600, 300)
    expect(await state(reference)).toBe('open')
    expect(await town.start('ingrid')).toMatchObject({ kind: 'held', reference })
    town.cards.world.faults.clear()
    await town.passTime(2 * 3600, 300)
    expect(await state(reference)).toBe('expired')
  })

  it('takes money that was only reserved', async () => {
    town.cards.world.autoCharge = 'fails'
    const reference = await town.started('bengt')
    town.payByCard(reference)
    await town.work()
    town.cards.world.autoCharge = 'works'
    expect(await state(reference)).toBe('paid')
    expect(town.atCards(reference).charges).toHaveLength(1)
  })

  it('is parked when another sum was charged, and credits nothing (ASVS V16.5.3)', async () => {
    const reference = await town.started('gun')
    town.cards.world.webhooks.behaviour.drop = 'all'
    town.payByCard(reference)
    const [charge] = town.atCards(reference).charges
    if (charge) charge.amount -= 100
    await town.passTime(60)
    const payment = (await readPayment(town.context.db, reference)) as Payment
    expect(payment).toMatchObject({ state: 'open', parked: 'amount-differs' })
    expect(
      town.koha.world
        .creditsOf(town.koha.world.patron('gun').id)
        .filter((credit) => credit.interface === 'api'),
    ).toEqual([])
    expect(await settlePayment(town.context, payment, 'page')).toMatchObject({ parked: 'amount-differs' })
  })
})
