import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDispute, dispute } from '../../../sandbox/cards/acts.ts'
import { postingsOf } from '../../../src/areas/ledger/store.ts'
import { eventsOf } from '../../../src/areas/payments/event-store.ts'
import { disputesOf } from '../../../src/areas/refunds/dispute-store.ts'
import { fourBooks } from '../../support/four-books.ts'
import type { Town } from '../../support/town.ts'
import { resolveOne, sentencesOf } from '../cases/resolve.ts'
import { actor, castOf, eva, kronor, type RefundCast, townWith } from './refund-cast.ts'

/** Somebody pays at the desk while the money is on its way: Koha's debt shrinks by so many kronor. */
async function paidWithSurplus(town: Town, cast: RefundCast, userid: string, sums: number[], atDesk: number) {
  const reference = await cast.paying(userid, sums)
  const patronId = town.koha.world.patron(userid).id
  const [last] = town.koha.world.debitsOf(patronId).slice(-1)
  town.koha.world.payAtDesk({ patronId, debitIds: [last?.id ?? 0], amount: atDesk })
  await town.work()
  return reference
}

describe('a surplus', () => {
  let town: Town
  let cast: RefundCast
  beforeAll(async () => {
    town = await townWith('nets-easy')
    cast = castOf(town)
  })
  afterAll(() => town.stop())

  it('goes back by itself, to the öre, and calls for nothing in Koha', async () => {
    const reference = await paidWithSurplus(town, cast, 'elsa', [500, 600], 250)
    expect(cast.atProvider(reference)).toEqual([{ amount: 25000, state: 'Completed' }])
    const [refund] = await cast.refunds(reference)
    expect(refund).toMatchObject({
      cause: 'surplus',
      state: 'done',
      koha: 'none',
      proposedBy: 'kvitt',
      approvedBy: null,
    })
    expect(await cast.payment(reference)).toMatchObject({ parked: null })
    expect(cast.owedAgain('elsa', reference)).toEqual([])
    const entry = await postingsOf(town.context.db, `${reference}-R1`)
    expect(entry).toMatchObject([
      {
        kind: 'surplus-refunded',
        from: '15810',
        to: '24990',
        amount: 25000,
        coding: { costCentre: '600130' },
      },
    ])
    const books = await fourBooks(town, reference)
    expect(books).toMatchObject({ provider: 85000, koha: 85000, differences: [] })
    expect(books.journal.surplus).toBe(0)
    expect(await cast.left(reference)).toBe(85000)
  })

  it('that the provider will not give back is put before a person', async () => {
    town.cards.world.refunds = 'failed'
    const reference = await paidWithSurplus(town, cast, 'amir', [40], 40)
    town.cards.world.refunds = 'completed'
    expect(await cast.payment(reference)).toMatchObject({ parked: 'refund-failed' })
    expect((await fourBooks(town, reference)).journal.surplus).toBe(4000)
    // A person tries again, in their own name.
    expect(await cast.propose(reference, { kind: 'rest' })).toMatchObject({ kind: 'approved' })
    await town.work()
    expect(cast.owedAgain('amir', reference)).toEqual([])
    expect(await fourBooks(town, reference)).toMatchObject({ provider: 0, koha: 0, differences: [] })
  })
})

describe('a library that wants to decide itself', () => {
  let town: Town
  let cast: RefundCast
  beforeAll(async () => {
    town = await townWith('nets-easy', {
      payments: { surplus: 'park' },
      refunds: { kohaDebit: false, approvalFrom: '10000', kohaDebitTypes: { LOST: 'MANUAL' } },
    })
    cast = castOf(town)
  })
  afterAll(() => town.stop())

  it('finds a surplus on its list until all of it is given back', async () => {
    const reference = await paidWithSurplus(town, cast, 'elsa', [100, 50], 30)
    expect(await cast.payment(reference)).toMatchObject({
      parked: 'surplus',
    })
    expect(await sentencesOf(town.context, reference)).toEqual(['30.00 kr is to go back.'])
    expect(cast.atProvider(reference)).toEqual([])
    // A sum takes the surplus first: it is the payer's anyway.
    await cast.propose(reference, { kind: 'sum', amount: kronor(20) })
    await town.work()
    expect(await cast.payment(reference)).toMatchObject({ parked: 'surplus' })
    await cast.propose(reference, { kind: 'sum', amount: kronor(10) })
    await town.work()
    expect(await cast.payment(reference)).toMatchObject({ parked: null })
    expect((await cast.refunds(reference)).map(({ koha }) => koha)).toEqual(['none', 'none'])
    expect(await fourBooks(town, reference)).toMatchObject({ provider: 12000, koha: 12000, differences: [] })
  })

  it('is told exactly what the desk is to do in Koha, and says when it is done', async () => {
    const reference = await cast.paid('bengt', [80, 20])
    await cast.propose(reference, { kind: 'rest' })
    await town.work()
    expect(await cast.payment(reference)).toMatchObject({
      parked: 'refund-not-in-koha',
    })
    expect(await sentencesOf(town.context, reference)).toEqual([
      `In Koha, add a manual invoice to the patron's account: type MANUAL, 80.00 kr, library BIO, note ${reference}-R1. ` +
        `In Koha, add a manual invoice to the patron's account: type PROCESSING, 20.00 kr, library BIO, note ${reference}-R1-2.`,
    ])
    expect(cast.owedAgain('bengt', reference)).toEqual([])
    const done = { how: 'by-hand', actor: actor(eva), reason: 'Dana har lagt in dem' }
    expect(await resolveOne(town.context, reference, 'refund-not-in-koha', done)).toEqual({
      kind: 'resolved',
      parked: null,
    })
    expect(await cast.refunds(reference)).toMatchObject([{ koha: 'by-hand', parked: null }])
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })
})

describe('a dispute', () => {
  let town: Town
  let cast: RefundCast
  beforeAll(async () => {
    town = await townWith('stripe')
    cast = castOf(town)
  })
  afterAll(() => town.stop())

  it('stands on an account of its own, is put before a person, and comes back when it is won', async () => {
    const reference = await cast.paid('ingrid', [100, 50])
    const atCards = town.atCards(reference)
    const made = dispute(town.cards.world, atCards)
    await town.work()
    expect(await cast.payment(reference)).toMatchObject({ state: 'paid', parked: 'disputed' })
    const entry = await postingsOf(town.context.db, `${reference}-D1`)
    expect(entry).toMatchObject([
      { kind: 'disputed', from: '15810', to: '15890', amount: 10000 },
      { kind: 'disputed', from: '15810', to: '15890', amount: 5000 },
    ])
    const during = await fourBooks(town, reference)
    expect(during).toMatchObject({ provider: 0, journal: { disputed: 15000 }, differences: [] })
    expect(await cast.left(reference)).toBe(0)
    expect(await cast.propose(reference, { kind: 'rest' })).toEqual({ kind: 'nothing-left' })

    closeDispute(town.cards.world, atCards, made, 'won')
    await town.work()
    expect(await fourBooks(town, reference)).toMatchObject({
      provider: 15000,
      journal: { disputed: 0 },
      differences: [],
    })
    const { id } = await cast.payment(reference)
    expect(await sentencesOf(town.context, reference)).toEqual([
      'The bank has taken 150.00 kr back. 150.00 kr came back from a dispute.',
    ])
    expect((await disputesOf(town.context.db, id)).map(({ amount }) => amount)).toEqual([15000, -15000])
    const events = (await eventsOf(town.context.db, id)).map(({ what, by }) => `${what} ${by}`)
    expect(events).toContain('disputed stripe')
    expect(events).toContain('dispute-returned stripe')
    const seen = { how: 'by-hand', actor: actor(eva), reason: 'Vunnen' }
    expect(await resolveOne(town.context, reference, 'disputed', seen)).toEqual({
      kind: 'resolved',
      parked: null,
    })
  })

  it('of a part, lost, told twenty times, is booked once', async () => {
    town.cards.world.webhooks.behaviour.copies = 20
    const reference = await cast.paid('gun', [90])
    const atCards = town.atCards(reference)
    closeDispute(town.cards.world, atCards, dispute(town.cards.world, atCards, 3000), 'lost')
    await town.work()
    town.cards.world.webhooks.behaviour.copies = 1
    expect(await postingsOf(town.context.db, `${reference}-D1`)).toMatchObject([{ amount: 3000 }])
    expect(await cast.left(reference)).toBe(6000)
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('that begins between the proposal and the sending stops the refund', async () => {
    const reference = await cast.paid('priya', [70])
    town.cards.world.webhooks.behaviour.drop = 'all'
    dispute(town.cards.world, town.atCards(reference))
    await cast.propose(reference, { kind: 'rest' })
    await town.work()
    town.cards.world.webhooks.behaviour.drop = 'none'
    expect(cast.atProvider(reference)).toEqual([])
    expect(await cast.refunds(reference)).toMatchObject([{ state: 'failed' }])
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })
})
