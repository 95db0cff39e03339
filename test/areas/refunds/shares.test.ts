import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  byLargestRemainder,
  type Pot,
  refundableByLine,
  shareOut,
  sharesOfLines,
  sumOfPots,
} from '../../../src/areas/refunds/shares.ts'
import { nothing, type Ore, ore, sum } from '../../../src/base/money.ts'

const amount = fc.integer({ min: 0, max: 100_000_000_000 }).map(ore)
const pots = fc
  .array(fc.record({ surplus: amount, income: amount }), { minLength: 1, maxLength: 12 })
  .map((all): Pot[] => all.map((pot, lineId) => ({ lineId, ...pot })))
/** Pots, and a sum that they hold. */
const held = pots.chain((some) =>
  fc.record({
    pots: fc.constant(some),
    amount: fc.integer({ min: 0, max: Number(sumOfPots(some)) }).map(ore),
  }),
)

describe('parts by largest remainder', () => {
  it('add up to the whole, and none is larger than its weight', () => {
    fc.assert(
      fc.property(held, ({ pots: some, amount: whole }) => {
        const weights = some.map(({ surplus, income }) => ore(surplus + income))
        const parts = byLargestRemainder(whole, weights)
        expect(sum(parts)).toBe(whole)
        parts.forEach((part, at) => {
          expect(part).toBeGreaterThanOrEqual(0)
          expect(part).toBeLessThanOrEqual(weights[at] ?? -1)
        })
      }),
    )
  })

  it.each<[number, number[], number[]]>([
    [100, [1, 1, 1].map((one) => one * 1000), [34, 33, 33]],
    [1, [5, 5], [1, 0]],
    [0, [5, 5], [0, 0]],
    [5, [0, 5, 0], [0, 5, 0]],
    [7, [3, 0, 4], [3, 0, 4]],
    [10_000, [16_000, 52_600, 20_000], [1806, 5937, 2257]],
  ])('%i over %j is %j', (whole, weights, parts) => {
    expect(byLargestRemainder(ore(whole), weights.map(ore))).toEqual(parts)
  })
})

describe('a refund of a sum', () => {
  it('is shared without losing an öre, takes the surplus first, and leaves no pot below nothing', () => {
    fc.assert(
      fc.property(held, ({ pots: some, amount: whole }) => {
        const shares = shareOut(whole, some)
        if (whole === 0) {
          expect(shares).toBeUndefined()
          return
        }
        if (!shares) throw new Error('The pots hold it')
        expect(sumOfPots(shares)).toBe(whole)
        const ofSurplus = sum(shares.map(({ surplus }) => surplus))
        expect(ofSurplus).toBe(Math.min(whole, sum(some.map(({ surplus }) => surplus))))
        for (const { lineId, surplus, income } of shares) {
          const pot = some.find((one) => one.lineId === lineId)
          expect(surplus + income).toBeGreaterThan(0)
          expect(surplus).toBeLessThanOrEqual(pot?.surplus ?? -1)
          expect(income).toBeLessThanOrEqual(pot?.income ?? -1)
        }
      }),
    )
  })

  it('after refund leaves exactly the rest, down to nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1_000_00 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 500_00 }), { maxLength: 6 }),
        (sums, wishes) => {
          const lines = sums.map((one, id) => ({ id, amount: ore(one) }))
          const surplus = lines.slice(0, 2).map((line) => ({ lineId: line.id, amount: halfOf(line.amount) }))
          const taken: Pot[] = []
          for (const wish of [...wishes, Number.MAX_SAFE_INTEGER]) {
            const left = refundableByLine(lines, surplus, taken)
            const before = sumOfPots(left)
            const whole = ore(Math.min(wish, before))
            taken.push(...(shareOut(whole, left) ?? []))
            expect(sumOfPots(refundableByLine(lines, surplus, taken))).toBe(before - whole)
          }
          expect(sumOfPots(taken)).toBe(sum(lines.map((line) => line.amount)))
        },
      ),
    )
  })

  it('of more than there is cannot be', () => {
    const some = [{ lineId: 1, surplus: ore(10), income: ore(20) }]
    expect(shareOut(ore(31), some)).toBeUndefined()
    expect(shareOut(ore(-1), some)).toBeUndefined()
    expect(shareOut(ore(1), [])).toBeUndefined()
    expect(sharesOfLines([{ lineId: 1, amount: ore(31) }], some)).toBeUndefined()
    expect(sharesOfLines([{ lineId: 1, amount: ore(12) }], some)).toEqual([
      { lineId: 1, surplus: 10, income: 2 },
    ])
    expect(sharesOfLines([{ lineId: 1, amount: ore(4) }], some)).toEqual([
      { lineId: 1, surplus: 4, income: nothing },
    ])
  })
})

function halfOf(whole: Ore): Ore {
  return ore(Math.floor(whole / 2))
}
