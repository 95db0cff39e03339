import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refund as refundAtCards } from '../../../sandbox/cards/acts.ts'
import type { Line } from '../../../sandbox/koha/lines.ts'
import { listOpenCases } from '../../../src/areas/cases/store.ts'
import { eventsOf } from '../../../src/areas/payments/event-store.ts'
import { heldDebts } from '../../../src/areas/payments/line-store.ts'
import { writeBackOf } from '../../../src/areas/payments/write-back-store.ts'
import { fourBooks } from '../../support/four-books.ts'
import type { Town } from '../../support/town.ts'
import { actor, castOf, erik, type RefundCast, townWith } from '../refunds/refund-cast.ts'
import { resolveOne, sentencesOf } from './resolve.ts'

describe('a case', () => {
  let town: Town
  let cast: RefundCast
  beforeEach(async () => {
    town = await townWith('nets-easy')
    cast = castOf(town)
  })
  afterEach(() => town.stop())

  const resolve = (
    reference: string,
    kind: string,
    how: string,
    more: { reason?: string; answer?: boolean } = {},
  ) => resolveOne(town.context, reference, kind, { how, actor: actor(erik), ...more })
  const koha = ['koha-refuses', 'koha-undecidable']
  const writeBack = async (reference: string) =>
    writeBackOf(town.context.db, (await cast.payment(reference)).id)
  const lastEvent = async (reference: string) =>
    (await eventsOf(town.context.db, (await cast.payment(reference)).id)).at(-1)
  const creditOf = (reference: string): Line | undefined =>
    [...town.koha.world.tables.lines.values()].find(({ description }) => description === reference)

  /** Koha refuses the credit for a reason that no waiting mends. */
  const refusedByKoha = async (): Promise<string> => {
    const reference = await cast.paying('elsa', [60, 40])
    town.koha.world.faults.add({ kind: '404', on: 'credits', times: 1 })
    await town.work()
    expect(await cast.payment(reference)).toMatchObject({ state: 'paid', parked: 'koha-refuses' })
    return reference
  }

  /** Koha answers 500 after it has booked, and then somebody copies the credit. */
  const undecidableInKoha = async (): Promise<{ reference: string; copy: Line }> => {
    const reference = await cast.paying('amir', [70])
    town.koha.world.faults.add({ kind: '500-after', on: 'credits', times: 1 })
    await town.work()
    const credit = creditOf(reference)
    if (!credit) throw new Error('no credit')
    const copy = { ...credit, id: 999_999 }
    town.koha.world.tables.lines.set(copy.id, copy)
    town.koha.world.tables.linesByPatron.get(credit.patronId)?.push(copy)
    await town.passTime(120)
    expect(await cast.payment(reference)).toMatchObject({ parked: 'koha-undecidable' })
    return { reference, copy }
  }

  it('is listed, oldest first, with what, since when and what Koha said', async () => {
    const first = await refusedByKoha()
    town.clock.advance(60)
    const { reference: second } = await undecidableInKoha()
    const list = await listOpenCases(town.context.db, koha, 50)
    expect(list.map(({ subject, kind }) => [subject, kind])).toEqual([
      [first, 'koha-refuses'],
      [second, 'koha-undecidable'],
    ])
    expect((await sentencesOf(town.context, first))[0]).toMatch(/^Koha answered: .*404/)
    expect((await sentencesOf(town.context, second))[0]).toContain(`Koha has 2 lines with ${second}`)
    expect(list[0]?.openedAt.getTime()).toBeLessThan(list[1]?.openedAt.getTime() ?? 0)
  })

  it('is tried again, with the name of who wanted it', async () => {
    const reference = await refusedByKoha()
    expect(await resolve(reference, 'koha-refuses', 'try-again')).toEqual({ kind: 'resolved', parked: null })
    expect(await lastEvent(reference)).toMatchObject({
      what: 'tried-again',
      by: erik,
      facts: { case: 'koha-refuses', subject: reference, why: null },
    })
    await town.work()
    expect(await writeBack(reference)).toMatchObject({ state: 'done' })
    expect(await fourBooks(town, reference)).toMatchObject({ koha: 10000, differences: [] })
    expect(await listOpenCases(town.context.db, koha, 50)).toEqual([])
  })

  it('comes back to the list when trying again does not help', async () => {
    const { reference, copy } = await undecidableInKoha()
    await resolve(reference, 'koha-undecidable', 'try-again')
    await town.work()
    expect(await cast.payment(reference)).toMatchObject({ parked: 'koha-undecidable' })
    // Dana removes the copy in Koha; now it can be decided.
    town.koha.world.tables.lines.delete(copy.id)
    const lines = town.koha.world.tables.linesByPatron.get(copy.patronId) ?? []
    lines.splice(lines.indexOf(copy), 1)
    await resolve(reference, 'koha-undecidable', 'try-again')
    await town.work()
    expect(await writeBack(reference)).toMatchObject({ state: 'done' })
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('is resolved by hand only with a reason, which becomes an entry, and lets the debts go', async () => {
    const { reference } = await undecidableInKoha()
    const { patronId } = await cast.payment(reference)
    expect(await heldDebts(town.context.db, patronId)).toHaveLength(1)
    expect(await resolve(reference, 'koha-undecidable', 'by-hand', { reason: '  ' })).toEqual({
      kind: 'reason-missing',
    })
    const reason = 'Den ena krediten är makulerad i Koha'
    expect(await resolve(reference, 'koha-undecidable', 'by-hand', { reason })).toEqual({
      kind: 'resolved',
      parked: null,
    })
    expect(await writeBack(reference)).toMatchObject({ state: 'by-hand', doneAt: expect.any(Date) })
    expect(await lastEvent(reference)).toMatchObject({
      what: 'resolved-by-hand',
      by: erik,
      facts: { case: 'koha-undecidable', subject: reference, why: reason },
    })
    expect(await heldDebts(town.context.db, patronId)).toEqual([])
    await town.passTime(300)
    expect(await cast.payment(reference)).toMatchObject({ parked: null })
    expect(await resolve(reference, 'koha-undecidable', 'by-hand', { reason })).toEqual({
      kind: 'not-open',
    })
  })

  it('that Koha will never take is given back whole, by itself', async () => {
    const reference = await refusedByKoha()
    const how = 'give-back' as const
    expect(await resolve(reference, 'koha-refuses', how)).toEqual({ kind: 'reason-missing' })
    const reason = 'Låntagaren är borttagen ur Koha'
    expect(await resolve(reference, 'koha-refuses', how, { reason })).toMatchObject({ kind: 'resolved' })
    await town.work()
    expect(cast.atProvider(reference)).toEqual([{ amount: 10000, state: 'Completed' }])
    expect(await writeBack(reference)).toMatchObject({ state: 'done', surplus: 10000 })
    expect(await fourBooks(town, reference)).toMatchObject({ provider: 0, koha: 0, differences: [] })
    expect(creditOf(reference)).toBeUndefined()
  })

  it('is not given back while a credit may be in Koha', async () => {
    const { reference } = await undecidableInKoha()
    expect(await resolve(reference, 'koha-undecidable', 'give-back', { reason: 'x' })).toEqual({
      kind: 'impossible',
    })
  })

  it('of a wrong amount is asked about again, and ended by hand with its debts let go', async () => {
    const reference = await cast.paying('ingrid', [30])
    const [charge] = town.atCards(reference).charges
    if (!charge) throw new Error('not charged')
    charge.amount = 2900
    await town.work()
    expect(await cast.payment(reference)).toMatchObject({ state: 'open', parked: 'amount-differs' })
    expect(await resolve(reference, 'amount-differs', 'try-again')).toEqual({ kind: 'impossible' })
    expect(await resolve(reference, 'amount-differs', 'ask-provider')).toEqual({
      kind: 'resolved',
      parked: 'amount-differs',
    })
    expect(await resolve(reference, 'currency-differs', 'by-hand', { reason: 'x' })).toEqual({
      kind: 'not-open',
    })
    const reason = 'Återbetald i portalen'
    expect(await resolve(reference, 'amount-differs', 'by-hand', { reason })).toMatchObject({ parked: null })
    const payment = await cast.payment(reference)
    expect(payment).toMatchObject({ state: 'cancelled', parked: null })
    expect(await heldDebts(town.context.db, payment.patronId)).toEqual([])
  })

  it('of a wrong amount that becomes right is paid when the provider is asked', async () => {
    const reference = await cast.paying('bengt', [30])
    const [charge] = town.atCards(reference).charges
    if (!charge) throw new Error('not charged')
    charge.amount = 2900
    await town.work()
    charge.amount = 3000
    expect(await resolve(reference, 'amount-differs', 'ask-provider')).toEqual({
      kind: 'resolved',
      parked: null,
    })
    await town.work()
    expect(await cast.payment(reference)).toMatchObject({ state: 'paid' })
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it.each([true, false])(
    'a refund that nobody could decide: the person says whether it went (%s)',
    async (refundWent) => {
      const reference = await cast.paid('gun', [50])
      await cast.propose(reference, { kind: 'rest' })
      await town.context.db.query(
        `update refund set state = 'sending', sent_at = $2, next_try_at = $2 where reference = $1`,
        [`${reference}-R1`, town.clock.now()],
      )
      const atCards = town.atCards(reference)
      const chargeId = atCards.charges[0]?.id ?? ''
      town.cards.world.webhooks.behaviour.drop = 'all'
      refundAtCards(town.cards.world, atCards, { chargeId, amount: 1000, reference: null })
      await town.work()
      const how = 'by-hand' as const
      const reason = 'Nexis support har svarat'
      // Two things wait: what somebody did in the portal, and ours.
      const { parked } = await cast.payment(reference)
      expect(parked).toBe('refunded-elsewhere')
      expect(await resolve(reference, 'refunded-elsewhere', how, { reason })).toEqual({
        kind: 'resolved',
        parked: 'refund-undecidable',
      })
      expect(await resolve(reference, 'refund-undecidable', how, { reason })).toEqual({
        kind: 'answer-missing',
      })
      expect(
        await resolve(reference, 'refund-undecidable', how, { reason, answer: refundWent }),
      ).toMatchObject({
        kind: 'resolved',
        parked: null,
      })
      const [ours] = await cast.refunds(reference)
      expect(ours).toMatchObject({ state: refundWent ? 'done' : 'failed', parked: null })
      expect((await lastEvent(reference))?.by).toBe(erik)
    },
  )

  it('a refund made elsewhere is owed again in Koha when a person says so', async () => {
    const reference = await cast.paid('priya', [45])
    const atCards = town.atCards(reference)
    const chargeId = atCards.charges[0]?.id ?? ''
    refundAtCards(town.cards.world, atCards, { chargeId, amount: 4500, reference: null })
    await town.work()
    expect(cast.owedAgain('priya', reference)).toEqual([])
    expect(await resolve(reference, 'refunded-elsewhere', 'try-again')).toEqual({
      kind: 'resolved',
      parked: null,
    })
    await town.work()
    expect(cast.owedAgain('priya', reference)).toMatchObject([{ type: 'LOST', kronor: 45 }])
    expect(await fourBooks(town, reference)).toMatchObject({ provider: 0, koha: 0, differences: [] })
  })

  it('of nobody is nothing', async () => {
    expect(await resolve('KV-NONE-NONE-NO', 'surplus', 'try-again')).toEqual({ kind: 'not-open' })
    const reference = await cast.paid('gun', [20])
    expect(await resolve(reference, 'surplus', 'by-hand', { reason: 'x' })).toEqual({ kind: 'not-open' })
  })
})
