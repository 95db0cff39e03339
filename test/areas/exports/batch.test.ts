import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accountSums,
  batchFileName,
  type DatedPosting,
  totalsOf,
  vouchersOf,
} from '../../../src/areas/exports/batch.ts'
import { namesIn } from '../../../src/areas/exports/batch-names.ts'
import { ore, sum } from '../../../src/base/money.ts'
import { lateFee, paidPosting, quietConfig } from '../../support/books.ts'

const names = namesIn(quietConfig().economy)
const lost = { ...lateFee, account: '31910', costCentre: '600130', project: 'B26001' }

function dated(bookDate: string, posting = paidPosting(3000)): DatedPosting {
  return { ...posting, bookDate }
}

describe('the vouchers of a batch', () => {
  it('sum up what the card company owes and keep a row for each fee', () => {
    const elsa = 'KV-ELSA-2345-AB'
    const [voucher, ...more] = vouchersOf(
      [
        dated('2026-11-20', paidPosting(52600, { cause: elsa, coding: lost, text: `LOST ${elsa}` })),
        dated('2026-11-20', paidPosting(16000, { cause: elsa, part: 2, text: `OVERDUE ${elsa}` })),
      ],
      names,
    )
    expect(more).toEqual([])
    expect(voucher).toEqual({
      date: '2026-11-20',
      text: 'Kortbetalningar 2026-11-20',
      rows: [
        {
          account: '15810',
          accountName: 'Fordran kortinlösen',
          amount: 68600,
          code: [],
          vat: null,
          text: 'Kortbetalningar 2026-11-20, 2 rader',
          reference: null,
        },
        {
          account: '31910',
          accountName: 'Ersättning för förkomna böcker',
          amount: -52600,
          code: [
            { part: 'Kostnadsställe', sieDimension: 1, value: '600130' },
            { part: 'Verksamhet', sieDimension: 20, value: '70' },
            { part: 'Projekt', sieDimension: 6, value: 'B26001' },
          ],
          vat: 'O',
          text: `LOST ${elsa}`,
          reference: elsa,
        },
        {
          account: '31900',
          accountName: 'Förseningsavgifter bibliotek',
          amount: -16000,
          code: [
            { part: 'Kostnadsställe', sieDimension: 1, value: '600110' },
            { part: 'Verksamhet', sieDimension: 20, value: '70' },
          ],
          vat: 'O',
          text: `OVERDUE ${elsa}`,
          reference: elsa,
        },
      ],
    })
  })

  it('are one for each day and kind, in order', () => {
    const surplus = paidPosting(500, { kind: 'surplus', from: '24990', to: '31900' })
    const made = vouchersOf([dated('2026-11-21'), dated('2026-11-20', surplus), dated('2026-11-20')], names)
    expect(made.map(({ text }) => text)).toEqual([
      'Kortbetalningar 2026-11-20',
      'Överskott att återbetala 2026-11-20',
      'Kortbetalningar 2026-11-21',
    ])
  })

  it('take a surplus out of the income account, with its code string, until it is refunded', () => {
    const surplus = paidPosting(500, { kind: 'surplus', from: '24990', to: '31900' })
    const rows = vouchersOf([dated('2026-11-20', surplus)], names)[0]?.rows ?? []
    expect(rows.map(({ account, amount }) => [account, amount])).toEqual([
      ['24990', -500],
      ['31900', 500],
    ])
    expect(rows[1]?.code.map(({ value }) => value)).toEqual(['600110', '70'])
  })

  it('sum to zero each, and together to the control totals, whatever is in the journal', () => {
    fc.assert(
      fc.property(fc.array(anyPosting, { minLength: 1, maxLength: 40 }), (postings) => {
        const vouchers = vouchersOf(postings, names)
        for (const { rows } of vouchers) expect(sum(rows.map(({ amount }) => amount))).toBe(0)
        const income = vouchers.flatMap(({ rows }) => rows).filter(({ reference }) => reference !== null)
        expect(income).toHaveLength(postings.length)
        const total = totalsOf(postings)?.total
        expect(sum(income.map(({ amount }) => ore(Math.abs(amount))))).toBe(total)
        const sums = accountSums(postings, names)
        expect(sum(sums.map(({ debit }) => debit))).toBe(total)
        expect(sum(sums.map(({ credit }) => credit))).toBe(total)
      }),
    )
  })
})

const anyPosting = fc
  .record({
    amount: fc.integer({ min: 1, max: 10_000_000 }),
    account: fc.constantFrom('31900', '31910', '31920'),
    costCentre: fc.constantFrom('600110', '600120'),
    project: fc.constantFrom(null, 'B26001'),
    kind: fc.constantFrom('paid' as const, 'surplus' as const),
    bookDate: fc.constantFrom('2026-11-19', '2026-11-20', '2026-12-31'),
  })
  .map(({ amount, account, costCentre, project, kind, bookDate }): DatedPosting => {
    const coding = { ...lateFee, account, costCentre, project }
    const sides = kind === 'paid' ? { from: account, to: '15810' } : { from: '24990', to: account }
    return { ...paidPosting(amount, { coding, kind, ...sides }), bookDate }
  })

describe('a batch', () => {
  it('has no totals when it is empty', () => {
    expect(totalsOf([])).toBeUndefined()
  })

  it('has a file name that sorts and never comes twice', () => {
    expect(batchFileName('KVITT', 123, '2026-11-20')).toBe('KVITT_000123_2026-11-20')
    expect([1000, 9, 10].map((number) => batchFileName('K', number, '2026-01-01')).sort()).toEqual([
      'K_000009_2026-01-01',
      'K_000010_2026-01-01',
      'K_001000_2026-01-01',
    ])
  })
})
