import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { finishRefund, refund as refundAtCards } from '../../../sandbox/cards/acts.ts'
import type { FaultKind } from '../../../sandbox/cards/faults.ts'
import { wellBehaved } from '../../../sandbox/cards/webhooks.ts'
import type { Fault } from '../../../sandbox/koha/faults.ts'
import { postingsOf } from '../../../src/areas/ledger/store.ts'
import { readPayment } from '../../../src/areas/payments/store.ts'
import { sendRefund } from '../../../src/areas/refunds/send-refund.ts'
import { readRefund } from '../../../src/areas/refunds/store.ts'
import { fourBooks } from '../../support/four-books.ts'
import type { Town } from '../../support/town.ts'
import { sentencesOf } from '../cases/resolve.ts'
import { castOf, kronor, type RefundCast, refundCall, townWith } from './refund-cast.ts'

describe.each(['nets-easy', 'stripe'])('a refund through %s on a bad day', (provider) => {
  let town: Town
  let cast: RefundCast
  beforeAll(async () => {
    town = await townWith(provider)
    cast = castOf(town)
  })
  afterAll(() => town.stop())
  beforeEach(() => {
    town.cards.world.refunds = 'completed'
    town.cards.world.faults.clear()
    town.koha.world.faults.clear()
    Object.assign(town.cards.world.webhooks.behaviour, wellBehaved)
  })

  /** As somebody does in the provider's own pages, behind our back. */
  const inThePortal = (reference: string, amount: number) => {
    const payment = town.atCards(reference)
    const chargeId = payment.charges[0]?.id ?? ''
    return refundAtCards(town.cards.world, payment, { chargeId, amount, reference: null })
  }

  const faults: FaultKind[] = ['error', 'error-after', 'cut', 'cut-after', 'invalid-json', 'slow', 'too-many']
  it.each(faults)('gives back once when the call for it ends in: %s', async (kind) => {
    const reference = await cast.paid('elsa', [60])
    town.cards.world.webhooks.behaviour.drop = 'all'
    town.cards.world.faults.add({ on: refundCall(provider), kind, times: 2, milliseconds: 1500 })
    await cast.propose(reference, { kind: 'sum', amount: kronor(50) })
    await town.work()
    const [first] = await cast.refunds(reference)
    expect(first).toMatchObject({ state: 'sending', lastTrouble: expect.any(String) })
    // Nobody knows yet: a second one is not begun.
    expect(await cast.propose(reference, { kind: 'rest' })).toMatchObject({ kind: 'under-way' })
    await town.passTime(400, 20)
    expect(cast.atProvider(reference)).toEqual([{ amount: 5000, state: 'Completed' }])
    expect(await cast.refunds(reference)).toMatchObject([{ state: 'done', koha: 'done' }])
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('sends nothing while the provider does not say how much is left', async () => {
    const reference = await cast.paid('amir', [45])
    const look = provider === 'stripe' ? 'stripe.retrieve' : 'nets.retrieve'
    town.cards.world.faults.add({ on: look, kind: 'error', times: 3 })
    await cast.propose(reference, { kind: 'rest' })
    await town.work()
    expect(cast.atProvider(reference)).toEqual([])
    await town.passTime(200, 20)
    expect(cast.atProvider(reference)).toEqual([{ amount: 4500, state: 'Completed' }])
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('is sent once when twenty workers come for it at once, and when it comes up again later', async () => {
    const reference = await cast.paid('ingrid', [35])
    await cast.propose(reference, { kind: 'rest' })
    const work = async () => {
      const { db } = town.context
      const [payment, refund] = [await readPayment(db, reference), await readRefund(db, `${reference}-R1`)]
      if (payment && refund) await sendRefund(town.context, { ...refund, payment })
    }
    await Promise.all(Array.from({ length: 20 }, work))
    await town.work()
    await work()
    expect(cast.atProvider(reference)).toEqual([{ amount: 3500, state: 'Completed' }])
    expect(await postingsOf(town.context.db, `${reference}-R1`)).toHaveLength(1)
    expect(cast.owedAgain('ingrid', reference)).toHaveLength(1)
  })

  it('goes on from the tables alone when we die between the intent and the call', async () => {
    const reference = await cast.paid('bengt', [55])
    await cast.propose(reference, { kind: 'rest' })
    await town.context.db.query(
      `update refund set state = 'sending', sent_at = $2, next_try_at = $2 where reference = $1`,
      [`${reference}-R1`, town.clock.now()],
    )
    await town.work()
    expect(cast.atProvider(reference)).toEqual([{ amount: 5500, state: 'Completed' }])
    expect(await cast.refunds(reference)).toMatchObject([{ state: 'done' }])
  })

  it('waits at the provider and is booked only when it is done', async () => {
    town.cards.world.refunds = 'pending'
    const reference = await cast.paid('gun', [80])
    await cast.propose(reference, { kind: 'sum', amount: kronor(30) })
    await town.work()
    expect(await cast.refunds(reference)).toMatchObject([{ state: 'pending' }])
    expect(await postingsOf(town.context.db, `${reference}-R1`)).toEqual([])
    expect(await cast.left(reference)).toBe(5000)
    // It is known to be on its way: the rest may follow.
    expect(await cast.propose(reference, { kind: 'sum', amount: kronor(51) })).toMatchObject({
      kind: 'impossible',
    })
    const atCards = town.atCards(reference)
    for (const made of atCards.refunds) finishRefund(town.cards.world, atCards, made, 'Completed')
    await town.work()
    expect(await cast.refunds(reference)).toMatchObject([{ state: 'done', koha: 'done' }])
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('that fails at the provider leaves the money refundable and tells a person', async () => {
    town.cards.world.refunds = 'failed'
    const reference = await cast.paid('priya', [65])
    await cast.propose(reference, { kind: 'rest' })
    await town.work()
    expect(await cast.refunds(reference)).toMatchObject([{ state: 'failed', parked: 'refund-failed' }])
    expect(await cast.payment(reference)).toMatchObject({ state: 'paid', parked: 'refund-failed' })
    expect(cast.owedAgain('priya', reference)).toEqual([])
    town.cards.world.refunds = 'completed'
    expect(await cast.propose(reference, { kind: 'rest' })).toMatchObject({ kind: 'approved' })
    await town.work()
    expect(await cast.refunds(reference)).toMatchObject([{ state: 'failed' }, { state: 'done' }])
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it.each(['pending, then failed', 'done, then returned by the bank'])('is %s', async (story) => {
    town.cards.world.refunds = story.startsWith('pending') ? 'pending' : 'completed'
    const reference = await cast.paid('elsa', [70])
    await cast.propose(reference, { kind: 'rest' })
    await town.work()
    const atCards = town.atCards(reference)
    const [made] = atCards.refunds
    if (!made) throw new Error('nothing was refunded')
    finishRefund(town.cards.world, atCards, made, 'Failed')
    await town.work()
    expect(await cast.refunds(reference)).toMatchObject([{ state: 'failed', parked: 'refund-failed' }])
    const kinds = (await postingsOf(town.context.db, `${reference}-R1`)).map(({ kind }) => kind)
    const returned = !story.startsWith('pending')
    expect(kinds).toEqual(returned ? ['refunded', 'refund-returned'] : [])
    const said = await sentencesOf(town.context, reference)
    expect(said.join().includes('Take its debits out of Koha')).toBe(returned)
    const books = await fourBooks(town, reference)
    expect(books.journal).toMatchObject({ receivable: 7000, income: 7000 })
    expect(books.differences).toEqual([])
    // And the other way round: what was given up and then arrives stands in the books once more.
    finishRefund(town.cards.world, atCards, made, 'Completed')
    await town.work()
    expect(await cast.refunds(reference)).toMatchObject([{ state: 'done', timesDone: returned ? 2 : 1 }])
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('is found by plan when its webhooks are lost', async () => {
    town.cards.world.refunds = 'pending'
    const reference = await cast.paid('amir', [90])
    town.cards.world.webhooks.behaviour.drop = 'all'
    await cast.propose(reference, { kind: 'rest' })
    await town.work()
    const atCards = town.atCards(reference)
    for (const made of atCards.refunds) finishRefund(town.cards.world, atCards, made, 'Completed')
    await town.passTime(300)
    expect(await cast.refunds(reference)).toMatchObject([{ state: 'done' }])
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('is booked once when its webhooks come twenty times and backwards', async () => {
    const reference = await cast.paid('ingrid', [95])
    Object.assign(town.cards.world.webhooks.behaviour, { copies: 20, order: 'backwards' })
    await cast.propose(reference, { kind: 'rest' })
    await town.work()
    expect(await cast.refunds(reference)).toMatchObject([{ state: 'done', timesDone: 1 }])
    expect(await postingsOf(town.context.db, `${reference}-R1`)).toHaveLength(1)
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it("made in the provider's own pages is found the next day when nobody tells of it", async () => {
    const reference = await cast.paid('elsa', [52])
    town.cards.world.webhooks.behaviour.drop = 'all'
    inThePortal(reference, 1300)
    await town.passTime(3600, 600)
    expect(await cast.refunds(reference)).toEqual([])
    await town.passTime(24 * 3600, 6 * 3600)
    expect(await cast.refunds(reference)).toMatchObject([{ cause: 'elsewhere', state: 'done', amount: 1300 }])
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it("made in the provider's own pages stands in the books too, and a person is told", async () => {
    const reference = await cast.paid('bengt', [100, 50])
    inThePortal(reference, 6000)
    await town.work()
    expect(await cast.refunds(reference)).toMatchObject([
      { cause: 'elsewhere', state: 'done', amount: 6000, koha: 'parked', parked: 'refunded-elsewhere' },
    ])
    const entry = await postingsOf(town.context.db, `${reference}-R1`)
    expect(entry.map(({ amount }) => amount)).toEqual([4000, 2000])
    expect((await sentencesOf(town.context, reference)).join()).toContain('type LOST, 40.00 kr')
    expect(await cast.left(reference)).toBe(9000)
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('finds out that somebody was faster in the provider’s own pages, and sends nothing', async () => {
    const reference = await cast.paid('gun', [75])
    town.cards.world.webhooks.behaviour.drop = 'all'
    inThePortal(reference, 7000)
    await cast.propose(reference, { kind: 'rest' })
    await town.work()
    expect(cast.atProvider(reference)).toEqual([{ amount: 7000, state: 'Completed' }])
    const refunds = await cast.refunds(reference)
    expect(refunds.map(({ cause, state }) => [cause, state])).toEqual([
      ['person', 'failed'],
      ['elsewhere', 'done'],
    ])
    expect((await sentencesOf(town.context, reference)).join()).toContain('only 5.00 kr')
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('is left to a person when it was sent, is not listed, and there is no room for it', async () => {
    const reference = await cast.paid('priya', [85])
    await cast.propose(reference, { kind: 'rest' })
    await town.context.db.query(
      `update refund set state = 'sending', sent_at = $2, next_try_at = $2 where reference = $1`,
      [`${reference}-R1`, town.clock.now()],
    )
    inThePortal(reference, 100)
    await town.work()
    expect(cast.atProvider(reference)).toEqual([{ amount: 100, state: 'Completed' }])
    expect((await cast.refunds(reference))[0]).toMatchObject({
      state: 'sending',
      parked: 'refund-undecidable',
    })
    expect(await cast.propose(reference, { kind: 'rest' })).toMatchObject({ kind: 'under-way' })
  })

  it('made before we even knew that it was paid is taken in', async () => {
    town.cards.world.webhooks.behaviour.drop = 'all'
    const reference = await cast.paying('elsa', [48])
    inThePortal(reference, 4800)
    await town.passTime(120)
    expect(await cast.payment(reference)).toMatchObject({ state: 'paid' })
    expect(await cast.refunds(reference)).toMatchObject([{ cause: 'elsewhere', state: 'done' }])
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  const kohaFaults: [string, Fault][] = [
    ['answers 500 after it has booked', { kind: '500-after', on: 'debits', times: 1 }],
    ['breaks the line after it has booked', { kind: 'cut-after', on: 'debits', times: 1 }],
    ['answers 500 and has booked nothing', { kind: '500-before', on: 'debits', times: 2 }],
    ['is slower than we wait', { kind: 'slow', on: 'debits', times: 1, milliseconds: 1500 }],
    ['answers with a web page', { kind: 'html', on: 'all', times: 3 }],
    ['cuts every line for a while', { kind: 'down', on: 'all', times: 5 }],
    ['has taken the permission away, and gives it back', { kind: '403', on: 'debits', times: 1 }],
  ]
  it.each(kohaFaults)('makes one debit for each line when Koha %s', async (_name, fault) => {
    const reference = await cast.paid('amir', [20, 30])
    await cast.propose(reference, { kind: 'rest' })
    town.koha.world.faults.add(fault)
    await town.passTime(900, 45)
    expect(await cast.refunds(reference)).toMatchObject([{ state: 'done', koha: 'done' }])
    expect(cast.owedAgain('amir', reference).map((debit) => debit.kronor)).toEqual([20, 30])
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })
})
