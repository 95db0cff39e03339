import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineReference, linesWithReference } from '../../../src/areas/koha-account/account-line.ts'
import {
  oddities,
  type PaidLine,
  planCredits,
  surplusOf,
} from '../../../src/areas/koha-account/credit-plan.ts'
import { type Ore, ore, sum } from '../../../src/base/money.ts'
import type { Credit, Debit } from '../../../src/outside/ports/koha.ts'

const line = (debitId: number, amount: number): PaidLine => ({
  id: debitId + 1000,
  debitId,
  amount: ore(amount),
  libraryId: 'SAMH',
})
const debit = (id: number, outstanding: number): Debit => ({
  id,
  type: 'OVERDUE',
  status: 'RETURNED',
  amount: ore(outstanding),
  outstanding: ore(outstanding),
  description: null,
  date: null,
  itemId: null,
  libraryId: 'SAMH',
})
const credit = (description: string, unused = 0): Credit => ({
  id: 1,
  type: 'PAYMENT',
  amount: ore(100),
  unused: ore(unused),
  description,
  note: null,
  date: null,
})

describe('what Koha is to be credited', () => {
  it('is one credit for all debts when nothing has changed', () => {
    expect(planCredits([line(1, 16000), line(2, 20000)], [debit(1, 16000), debit(2, 20000)])).toEqual([
      {
        debits: [
          { id: 1, amount: 16000 },
          { id: 2, amount: 20000 },
        ],
        libraryId: 'SAMH',
      },
    ])
  })

  it('is no more than what is left of a debt that was part-paid at the desk meanwhile', () => {
    const lines = [line(1, 16000), line(2, 20000)]
    const [planned] = planCredits(lines, [debit(1, 6000), debit(2, 20000)])
    expect(planned?.debits).toEqual([
      { id: 1, amount: 6000 },
      { id: 2, amount: 20000 },
    ])
    expect(surplusOf(lines, planned?.debits ?? [])).toEqual([{ lineId: 1001, amount: 10000 }])
  })

  it('is nothing at all when the book came back and the debt went, and all of it is surplus', () => {
    expect(planCredits([line(1, 52600)], [])).toEqual([])
    expect(surplusOf([line(1, 52600)], [])).toEqual([{ lineId: 1001, amount: 52600 }])
  })

  it('gives a debt that has grown a credit of its own, so that it does not eat the money of the others', () => {
    expect(planCredits([line(1, 1000), line(2, 2000)], [debit(1, 3000), debit(2, 2000)])).toEqual([
      { debits: [{ id: 2, amount: 2000 }], libraryId: 'SAMH' },
      { debits: [{ id: 1, amount: 1000 }], libraryId: 'SAMH' },
    ])
  })

  it('never loses an öre between credits and surplus, and never gives a debt more than was paid for it or is left', () => {
    const change = fc.tuple(fc.integer({ min: 1, max: 100000 }), fc.integer({ min: 0, max: 100000 }))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (changes) => {
        const lines = changes.map(([paid], id) => line(id, paid))
        const debits = changes
          .map(([, left], id) => debit(id, left))
          .filter(({ outstanding }) => outstanding > 0)
        const given = planCredits(lines, debits).flatMap((planned) => planned.debits)
        const surplus = sum(surplusOf(lines, given).map(({ amount }) => amount))
        expect(sum(given.map(({ amount }) => amount)) + surplus).toBe(sum(lines.map(({ amount }) => amount)))
        for (const { id, amount } of given)
          expect(amount).toBeLessThanOrEqual(Math.min(...(changes[id] as [number, number])))
        expect(new Set(given.map(({ id }) => id)).size).toBe(given.length)
      }),
    )
  })
})

describe('looking for our own reference', () => {
  it('finds it as a word of its own and not as the beginning of another', () => {
    const reference = 'KV-AAAA-BBBB-CC'
    const found = (line: Credit) => linesWithReference([line], reference).length === 1
    expect(found(credit(`${reference} betalning`))).toBe(true)
    expect(found({ ...credit('annat'), note: `${reference} nets` })).toBe(true)
    expect(found(credit(lineReference(reference, 1)))).toBe(false)
    expect(found(credit(`x${reference}`))).toBe(false)
  })
})

describe('comparing the account after a credit', () => {
  const sent = { debits: [{ id: 1, amount: ore(1000) as Ore }], libraryId: null }
  it('finds nothing odd when the debt is gone and the others are untouched', () => {
    expect(oddities(credit('x'), sent, [debit(1, 1000), debit(2, 500)], [debit(2, 500)])).toEqual([])
  })
  it('tells of unused credit, of a debt that was not paid, and of another that was', () => {
    expect(oddities(credit('x', 100), sent, [debit(1, 1000)], [])).toHaveLength(1)
    expect(
      oddities(credit('x'), sent, [debit(1, 1000), debit(2, 500)], [debit(1, 1000), debit(2, 100)]),
    ).toHaveLength(2)
  })
})
