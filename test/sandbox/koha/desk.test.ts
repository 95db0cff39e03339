import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AskableKoha, startAskable } from './asking.ts'

describe('what happens at a desk and at night', () => {
  let koha: AskableKoha
  beforeEach(async () => {
    koha = await startAskable()
  })
  afterEach(() => koha.stop())

  it('an unpaid lost book comes back: nothing is owed for it, and nothing is given back', () => {
    koha.world.returnBook(10_001)
    expect(koha.world.debitsOf(1)[0]).toMatchObject({ type: 'LOST', status: 'FOUND', outstanding: 0 })
    expect(koha.world.creditsOf(1)).toMatchObject([{ type: 'LOST_FOUND', amount: -526e6, outstanding: 0 }])
    expect(koha.world.owes(1)).toBe(360)
  })

  it('a lost book that was paid comes back: what was paid is unused credit', () => {
    koha.world.payAtDesk({ patronId: 1, debitIds: [101] })
    koha.world.returnBook(10_001)
    koha.world.returnBook(10_001)
    expect(koha.world.creditsOf(1)).toMatchObject([
      { type: 'PAYMENT', outstanding: 0 },
      { type: 'LOST_FOUND', amount: -526e6, outstanding: -526e6 },
    ])
  })

  it('a fine grows each night until the book is back', () => {
    const fine = koha.world.addDebit({ patronId: 5, type: 'OVERDUE', amount: 10, itemId: 10_009 })
    koha.world.runFinesJob()
    koha.world.runFinesJob()
    expect(koha.world.owes(5)).toBe(30)
    koha.world.payAtDesk({ patronId: 5 })
    koha.world.runFinesJob()
    expect(koha.world.owes(5)).toBe(10)
    koha.world.returnBook(10_009)
    koha.world.runFinesJob()
    expect(fine).toMatchObject({ status: 'RETURNED', amount: 40e6, outstanding: 10e6 })
  })

  it('a fine that shrinks below what was paid leaves an overpayment, which pays other debts', () => {
    koha.world.payAtDesk({ patronId: 1, debitIds: [103] })
    koha.world.changeDebit(103, 100)
    expect(koha.world.creditsOf(1)).toMatchObject([
      {},
      { type: 'OVERPAYMENT', amount: -60e6, outstanding: 0 },
    ])
    expect(koha.world.owes(1)).toBe(666)
  })

  it('a deleted item leaves its lines without a number', () => {
    koha.world.deleteItem(10_001)
    expect(koha.world.debitsOf(1).map(({ itemId }) => itemId)).toEqual([null, null, null])
  })
})
