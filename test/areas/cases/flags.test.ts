import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeCase, openCase, openCasesOf } from '../../../src/areas/cases/store.ts'
import type { Payment } from '../../../src/areas/payments/store.ts'
import type { Town } from '../../support/town.ts'
import { castOf, type RefundCast, townWith } from '../refunds/refund-cast.ts'

describe('what waits for a person', () => {
  let town: Town
  let cast: RefundCast
  let payment: Payment
  beforeEach(async () => {
    town = await townWith('nets-easy')
    cast = castOf(town)
    payment = await cast.payment(await cast.paying('elsa', [60]))
  })
  afterEach(() => town.stop())

  const open = (kind: string, facts: object = {}, more: object = {}) =>
    town.context.db.transaction((tx) =>
      openCase(tx, {
        kind,
        subjectKind: 'payment',
        subject: payment.reference,
        paymentId: payment.id,
        facts,
        at: town.clock.now(),
        ...more,
      }),
    )
  const close = async (kind: string) => {
    const one = (await openCasesOf(town.context.db, payment.id)).find((each) => each.kind === kind)
    const done = { by: 'erik', how: 'by-hand', why: null, at: town.clock.now() }
    return town.context.db.transaction((tx) => closeCase(tx, one?.id ?? 0, done))
  }
  const kinds = async () => (await openCasesOf(town.context.db, payment.id)).map(({ kind }) => kind)
  const flag = async () => (await cast.payment(payment.reference)).parked

  it('is opened once, gets new facts, and may be several things at once', async () => {
    expect(await open('surplus', { amount: 100 })).toBe(true)
    expect(await open('surplus', { amount: 100 })).toBe(false)
    expect(await open('surplus', { amount: 200 })).toBe(true)
    town.clock.advance(1)
    expect(await open('disputed')).toBe(true)
    expect(await kinds()).toEqual(['surplus', 'disputed'])
    expect(await openCasesOf(town.context.db, payment.id)).toMatchObject([{ facts: { amount: 200 } }, {}])
  })

  it('flags its payment until the last case is closed', async () => {
    expect(await flag()).toBeNull()
    await open('surplus')
    town.clock.advance(1)
    await open('disputed')
    expect(await flag()).toBe('surplus')
    expect(await close('surplus')).toBe(true)
    expect(await flag()).toBe('disputed')
    expect(await close('disputed')).toBe(true)
    expect(await flag()).toBeNull()
    expect(await close('disputed')).toBe(false)
  })

  it('is opened and closed for the version before, which writes the flag', async () => {
    const write = (parked: string | null) =>
      town.context.db.query(
        'update payment set parked = $2, parked_detail = $3, parked_at = $4 where id = $1',
        [payment.id, parked, 'as it was said before', town.clock.now()],
      )
    await write('koha-refuses')
    expect(await openCasesOf(town.context.db, payment.id)).toMatchObject([
      { kind: 'koha-refuses', subject: payment.reference, facts: { old: 'as it was said before' } },
    ])
    await write('surplus')
    expect(await kinds()).toEqual(['surplus'])
    await write(null)
    expect(await kinds()).toEqual([])
    expect(await flag()).toBeNull()
  })

  it('is about a refund when the version before parks one', async () => {
    const reference = await cast.paid('gun', [50])
    await cast.propose(reference, { kind: 'rest' })
    const { id } = await cast.payment(reference)
    const park = `update refund set parked = 'refund-failed', parked_detail = 'x', parked_at = now() where payment_id = $1`
    await town.context.db.query(park, [id])
    expect(await cast.payment(reference)).toMatchObject({ parked: 'refund-failed' })
    expect(await openCasesOf(town.context.db, id)).toMatchObject([
      { kind: 'refund-failed', subjectKind: 'refund', subject: `${reference}-R1` },
    ])
    await town.context.db.query('update refund set parked = null where payment_id = $1', [id])
    expect(await openCasesOf(town.context.db, id)).toEqual([])
    expect(await cast.payment(reference)).toMatchObject({ parked: null })
  })
})
