import { describe, expect, it } from 'vitest'
import type { FeeLine } from '../../../src/areas/debts/fee-line.ts'
import { groupByBook, groupByLibrary } from '../../../src/areas/debts/line-groups.ts'
import { ore } from '../../../src/base/money.ts'

const line = (id: number, barcode: string | null, library: string | null = 'HUM'): FeeLine => ({
  id,
  name: 'Förseningsavgift',
  amount: ore(id * 100),
  original: null,
  title: barcode && `Book ${barcode}`,
  author: null,
  barcode,
  library,
  date: null,
  chosen: true,
  goesAwayOnReturn: false,
  because: null,
  payment: null,
})

const shape = (lines: FeeLine[]) =>
  groupByBook(lines).map(({ book, lines: its }) => [book?.barcode ?? null, its.map(({ id }) => id)])

describe('lines by book', () => {
  it('say a title once for several fees, where the first of them stood', () => {
    expect(shape([line(1, 'A'), line(2, 'B'), line(3, 'A'), line(4, 'C')])).toEqual([
      ['A', [1, 3]],
      [null, [2, 4]],
    ])
  })

  it('leave single fees and fees for no book in their order', () => {
    expect(shape([line(1, null), line(2, 'B'), line(3, null)])).toEqual([[null, [1, 2, 3]]])
    expect(shape([])).toEqual([])
  })

  it('lose no line and double none', () => {
    const many = Array.from({ length: 60 }, (_, at) => line(at + 1, at % 3 === 0 ? null : `B${at % 7}`))
    const ids = groupByBook(many).flatMap(({ lines }) => lines.map(({ id }) => id))
    expect(ids.toSorted((a, b) => a - b)).toEqual(many.map(({ id }) => id))
  })
})

describe('lines by library', () => {
  it('stay together while they are few', () => {
    expect(groupByLibrary([line(1, 'A'), line(2, 'B', 'EKO')])).toHaveLength(1)
  })

  it('are parted when they are many, each part with its sum', () => {
    const many = Array.from({ length: 30 }, (_, at) => line(at + 1, `B${at}`, at % 2 === 0 ? 'HUM' : null))
    expect(groupByLibrary(many).map(({ library, sum }) => [library, sum])).toEqual([
      ['HUM', 22500],
      [null, 24000],
    ])
  })
})
