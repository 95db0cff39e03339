import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decimalText,
  kronorFromOre,
  nothing,
  ore,
  oreFromKronor,
  oreFromText,
  sum,
} from '../../src/base/money.ts'

describe('money', () => {
  it('takes every amount from 0.01 to 1,000.00 out and in as exactly that many öre', () => {
    for (let amount = 1; amount <= 100_000; amount += 1) {
      const sent = JSON.parse(JSON.stringify({ amount: kronorFromOre(ore(amount)) })).amount
      if (oreFromKronor(sent) !== amount) expect.fail(`${amount} öre came back as ${oreFromKronor(sent)}`)
    }
  })

  it('keeps sums of many kronor floats to the öre, where truncation would lose', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000_00 }), { maxLength: 50 }), (amounts) => {
        const floats = amounts.map((amount) => amount / 100)
        const back = sum(floats.map((kronor) => oreFromKronor(kronor) ?? nothing))
        expect(back).toBe(amounts.reduce((total, amount) => total + amount, 0))
      }),
    )
  })

  it('writes decimals that read back as the same öre', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_00, max: 1_000_000_00 }), (amount) => {
        expect(oreFromText(decimalText(ore(amount)))).toBe(amount === 0 ? 0 : amount)
      }),
    )
    expect(decimalText(ore(-5))).toBe('-0.05')
  })

  it.each(['', 'abc', '1.234', '1,2,3', '--1', 'NaN', '1e5', '٣'])('refuses %j as an amount', (text) => {
    expect(oreFromText(text)).toBeUndefined()
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300])('answers undefined for %d kronor', (kronor) => {
    expect(oreFromKronor(kronor)).toBeUndefined()
  })

  it.each([0.5, Number.NaN, 2 ** 53])('throws on %d öre', (amount) => {
    expect(() => ore(amount)).toThrow(RangeError)
  })
})
