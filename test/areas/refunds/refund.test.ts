import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { wellBehaved } from '../../../sandbox/cards/webhooks.ts'
import { postingsOf } from '../../../src/areas/ledger/store.ts'
import { eventsOf } from '../../../src/areas/payments/event-store.ts'
import { approveRefund } from '../../../src/areas/refunds/approve-refund.ts'
import { withdrawRefund } from '../../../src/areas/refunds/withdraw-refund.ts'
import { fourBooks } from '../../support/four-books.ts'
import type { Town } from '../../support/town.ts'
import { actor, castOf, erik, eva, kronor, type RefundCast, townWith } from './refund-cast.ts'

describe.each(['nets-easy', 'stripe'])('a refund through %s', (provider) => {
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
    Object.assign(town.cards.world.webhooks.behaviour, wellBehaved)
  })

  it('of all that Elsa paid is money back, a debt again in Koha, and the entry the other way round', async () => {
    const reference = await cast.paid('elsa', [160, 200])
    const outcome = await cast.propose(reference, { kind: 'rest' })
    expect(outcome).toEqual({ kind: 'approved', refund: `${reference}-R1`, amount: 36000 })
    await town.work()

    expect(cast.atProvider(reference)).toEqual([{ amount: 36000, state: 'Completed' }])
    const [refund] = await cast.refunds(reference)
    expect(refund).toMatchObject({ state: 'done', koha: 'done', proposedBy: eva, approvedBy: null })
    expect(cast.owedAgain('elsa', reference)).toEqual([
      { type: 'LOST', kronor: 160, note: `${reference}-R1 LOST refunded` },
      { type: 'PROCESSING', kronor: 200, note: `${reference}-R1-2 PROCESSING refunded` },
    ])
    const paidEntry = await postingsOf(town.context.db, reference)
    const entry = await postingsOf(town.context.db, `${reference}-R1`)
    expect(entry.map(({ from, to, amount, coding, kind }) => ({ from, to, amount, coding, kind }))).toEqual(
      paidEntry.map(({ from, to, amount, coding }) => ({
        from: to,
        to: from,
        amount,
        coding,
        kind: 'refunded',
      })),
    )
    const events = await eventsOf(town.context.db, (await cast.payment(reference)).id)
    expect(events.slice(3).map(({ what, by }) => [what, by])).toEqual([
      ['refund-approved', eva],
      ['refund-sending', 'kvitt'],
      ['refunded', provider],
      ['owed-again', 'koha'],
    ])
    expect(events.at(3)?.facts).toMatchObject({ why: 'Boken var redan återlämnad' })
    expect((await fourBooks(town, reference)).differences).toEqual([])
    expect(await cast.left(reference)).toBe(0)
    expect(await cast.propose(reference, { kind: 'rest' })).toEqual({ kind: 'nothing-left' })
  })

  it('of a part is shared over the lines so that no öre is lost, and the rest can follow', async () => {
    const reference = await cast.paid('amir', [100, 100, 100])
    await cast.propose(reference, { kind: 'sum', amount: kronor(100) })
    await town.work()
    const entry = await postingsOf(town.context.db, `${reference}-R1`)
    expect(entry.map(({ amount }) => amount)).toEqual([3334, 3333, 3333])
    expect(await cast.left(reference)).toBe(20000)
    await cast.propose(reference, { kind: 'rest' })
    await town.work()
    expect(cast.atProvider(reference).map(({ amount }) => amount)).toEqual([10000, 20000])
    const books = await fourBooks(town, reference)
    expect(books).toMatchObject({ provider: 0, koha: 0, differences: [] })
  })

  it('of chosen lines takes these and no other, and no more than they hold', async () => {
    const reference = await cast.paid('ingrid', [50, 70])
    const [first = 0, second = 0] = await cast.lineIds(reference)
    const propose = (lines: { lineId: number; amount: ReturnType<typeof kronor> }[]) =>
      cast.propose(reference, { kind: 'lines', lines })
    expect(await propose([{ lineId: first, amount: kronor(51) }])).toEqual({
      kind: 'impossible',
      left: 12000,
    })
    expect(await propose([{ lineId: first + 1000, amount: kronor(1) }])).toMatchObject({ kind: 'impossible' })
    const twice = { lineId: first, amount: kronor(30) }
    expect(await propose([twice, twice])).toMatchObject({ kind: 'impossible' })
    expect(await propose([])).toMatchObject({ kind: 'impossible' })
    expect(await propose([{ lineId: second, amount: kronor(70) }])).toMatchObject({ kind: 'approved' })
    await town.work()
    expect(cast.owedAgain('ingrid', reference)).toMatchObject([{ type: 'PROCESSING', kronor: 70 }])
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('of much money wants Erik as well as Eva, and nobody twice', async () => {
    const { context } = town
    const reference = await cast.paid('bengt', [499, 101])
    const proposed = await cast.propose(reference, { kind: 'sum', amount: kronor(500) })
    expect(proposed).toMatchObject({ kind: 'proposed', amount: 50000 })
    const refund = `${reference}-R1`
    await town.work()
    expect(cast.atProvider(reference)).toEqual([])
    expect(await approveRefund(context, refund, actor(eva))).toEqual({ kind: 'own-proposal' })
    expect(await approveRefund(context, 'KV-NONE-NONE-NO-R1', actor(erik))).toEqual({
      kind: 'no-such-refund',
    })
    expect(await approveRefund(context, refund, actor(erik))).toEqual({ kind: 'approved' })
    expect(await approveRefund(context, refund, actor(erik))).toEqual({ kind: 'not-proposed' })
    await town.work()
    expect(await cast.refunds(reference)).toMatchObject([{ state: 'done', approvedBy: erik }])
    // The limit is for the payment, not for each of its parts.
    expect(await cast.propose(reference, { kind: 'sum', amount: kronor(1) })).toMatchObject({
      kind: 'proposed',
    })
    const reason = 'Fel betalning'
    expect(
      await withdrawRefund(context, { reference: `${reference}-R2`, actor: actor(erik), reason: ' ' }),
    ).toEqual({
      kind: 'reason-missing',
    })
    expect(
      await withdrawRefund(context, { reference: `${reference}-R2`, actor: actor(erik), reason }),
    ).toEqual({
      kind: 'withdrawn',
    })
    expect(
      await withdrawRefund(context, { reference: `${reference}-R2`, actor: actor(erik), reason }),
    ).toEqual({
      kind: 'not-proposed',
    })
    expect(await cast.left(reference)).toBe(10000)
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('is begun once when twenty clerks press at once', async () => {
    const reference = await cast.paid('priya', [30])
    const shown = await cast.left(reference)
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => cast.propose(reference, { kind: 'rest' }, eva, shown)),
    )
    expect(outcomes.filter(({ kind }) => kind === 'approved')).toHaveLength(1)
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['approved', 'under-way']))
    await town.work()
    expect(cast.atProvider(reference)).toEqual([{ amount: 3000, state: 'Completed' }])
  })

  it('is refused when the page showed something else, when it makes no sense, and of what is not paid', async () => {
    const reference = await cast.paid('gun', [40])
    expect(await cast.propose(reference, { kind: 'rest' }, eva, kronor(39))).toEqual({
      kind: 'changed',
      shown: 3900,
      now: 4000,
    })
    for (const amount of [0, -1, 4001])
      expect(await cast.propose(reference, { kind: 'sum', amount: kronor(amount / 100) })).toMatchObject({
        kind: 'impossible',
      })
    const open = await town.started('gun', [
      town.koha.world.addDebit({
        patronId: town.koha.world.patron('gun').id,
        type: 'MANUAL',
        amount: 20,
        libraryId: 'BIO',
      }).id,
    ])
    expect(await cast.propose(open, { kind: 'rest' })).toEqual({ kind: 'not-paid' })
    const { proposeRefund } = await import('../../../src/areas/refunds/propose-refund.ts')
    const what = { kind: 'rest' as const }
    const strange = { what, shown: kronor(40), actor: actor(eva) }
    expect(await proposeRefund(town.context, { ...strange, reference, reason: '  ' })).toEqual({
      kind: 'reason-missing',
    })
    expect(
      await proposeRefund(town.context, { ...strange, reference: 'KV-NONE-NONE-NO', reason: 'x' }),
    ).toEqual({ kind: 'no-such-payment' })
    expect(await cast.refunds(reference)).toEqual([])
  })

  it('waits until Koha has got its credit', async () => {
    const reference = await cast.paying('gun', [25])
    await town.koha.goDown()
    await town.work()
    expect(await cast.propose(reference, { kind: 'rest' })).toEqual({ kind: 'not-registered' })
    await town.koha.comeUp()
    await town.passTime(120)
    expect(await cast.propose(reference, { kind: 'rest' })).toMatchObject({ kind: 'approved' })
  })
})
