import { describe, expect, it } from 'vitest'
import { formats } from '../../src/base/format.ts'
import { ore } from '../../src/base/money.ts'

const S = '\u00a0'

describe('sums', () => {
  it.each([
    [88600, `886,00${S}kr`, `886.00${S}kr`],
    [101000, `1${S}010,00${S}kr`, `1,010.00${S}kr`],
    [1999, `19,99${S}kr`, `19.99${S}kr`],
    [5, `0,05${S}kr`, `0.05${S}kr`],
    [0, `0,00${S}kr`, `0.00${S}kr`],
  ])('%i öre', (amount, swedish, english) => {
    expect(formats.sv.kronor(ore(amount))).toBe(swedish)
    expect(formats.en.kronor(ore(amount))).toBe(english)
  })
})

describe('times', () => {
  it('are those of the library, summer and winter', () => {
    expect(formats.sv.moment('2026-11-20T17:06:00Z')).toBe(`20 november 2026 kl.${S}18.06`)
    expect(formats.en.moment(new Date('2026-07-01T22:30:00Z'))).toBe(`2 July 2026 at${S}00:30`)
    expect(formats.sv.date('2026-03-29T00:59:00Z')).toBe('29 mars 2026')
  })
})
