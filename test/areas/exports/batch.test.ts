import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountSums, batchFileName, type PostingSum, totalsOf } from '../../../src/areas/exports/batch.ts'
import { namesIn } from '../../../src/areas/exports/batch-names.ts'
import {
  type DatedPosting,
  voucherKey,
  voucherParts,
  vouchersOf,
} from '../../../src/areas/exports/voucher.ts'
import { ore, sum } from '../../../src/base/money.ts'
import type { VoucherRow } from '../../../src/outside/ports/economy.ts'
import { lateFee, paidPosting, quietConfig } from '../../support/books.ts'

const names = namesIn(quietConfig().economy)
const lost = { ...lateFee, account: '31910', costCentre: '600130', project: 'B26001' }

function dated(bookDate: string, posting = paidPosting(3000)): DatedPosting {
  return { ...posting, bookDate }
}

/** What the database says of postings: each by itself is as good as a sum of several. */
function sumsOf(postings: DatedPosting[]): PostingSum[] {
  return postings.map(({ bookDate, kind, from, to, amount, coding }) => ({
    ...{ bookDate, kind, from, to, amount, costCentre: coding.costCentre },
    postings: 1,
  }))
}

/** The vouchers with all their rows, from portions of so many postings. */
function wholeVouchers(postings: DatedPosting[], portion = 100) {
  const vouchers = vouchersOf(sumsOf(postings), names)
  const inOrder = postings.toSorted((a, b) =>
    voucherKey(a) < voucherKey(b) ? -1 : voucherKey(a) > voucherKey(b) ? 1 : 0,
  )
  const whole: { date: string; text: string; rows: VoucherRow[] }[] = []
  for (let at = 0; at < inOrder.length; at += portion) {
    const some = inOrder.slice(at, at + portion)
    for (const { begins, date, text, rows } of voucherParts(some, inOrder[at - 1], vouchers, names))
      if (begins) whole.push({ date, text, rows })
      else whole.at(-1)?.rows.push(...rows)
  }
  return whole
}

describe('the vouchers of a batch', () => {
  it('sum up what the card company owes and keep a row for each fee', () => {
    const elsa = 'KV-ELSA-2345-AB'
    const [voucher, ...more] = wholeVouchers([
      dated('2026-11-20', paidPosting(52600, { cause: elsa, coding: lost, text: `LOST ${elsa}` })),
      dated('2026-11-20', paidPosting(16000, { cause: elsa, part: 2, text: `OVERDUE ${elsa}` })),
    ])
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
    const made = wholeVouchers([dated('2026-11-21'), dated('2026-11-20', surplus), dated('2026-11-20')])
    expect(made.map(({ text }) => text)).toEqual([
      'Kortbetalningar 2026-11-20',
      'Överskott att återbetala 2026-11-20',
      'Kortbetalningar 2026-11-21',
    ])
  })

  it('take a surplus out of the income account, with its code string, until it is refunded', () => {
    const surplus = paidPosting(500, { kind: 'surplus', from: '24990', to: '31900' })
    const rows = wholeVouchers([dated('2026-11-20', surplus)])[0]?.rows ?? []
    expect(rows.map(({ account, amount }) => [account, amount])).toEqual([
      ['24990', -500],
      ['31900', 500],
    ])
    expect(rows[1]?.code.map(({ value }) => value)).toEqual(['600110', '70'])
  })

  it('sum to zero each, and together to the control totals, whatever is in the journal', () => {
    fc.assert(
      fc.property(fc.array(anyPosting, { minLength: 1, maxLength: 40 }), (postings) => {
        const vouchers = wholeVouchers(postings)
        for (const { rows } of vouchers) expect(sum(rows.map(({ amount }) => amount))).toBe(0)
        const income = vouchers.flatMap(({ rows }) => rows).filter(({ reference }) => reference !== null)
        const ofIncome = postings.filter(({ kind }) => kind !== 'surplus-refunded')
        expect(income).toHaveLength(ofIncome.length)
        expect(sum(income.map(({ amount }) => ore(Math.abs(amount))))).toBe(
          sum(ofIncome.map(({ amount }) => amount)),
        )
        const total = totalsOf(sumsOf(postings))?.total
        const sums = accountSums(sumsOf(postings), names)
        expect(sum(sums.map(({ debit }) => debit))).toBe(total)
        expect(sum(sums.map(({ credit }) => credit))).toBe(total)
      }),
    )
  })

  it('are the same from portions of any size, and what the preview says of them', () => {
    fc.assert(
      fc.property(
        fc.array(anyPosting, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 41 }),
        (postings, portion) => {
          const vouchers = wholeVouchers(postings)
          expect(wholeVouchers(postings, portion)).toEqual(vouchers)
          const said = [...vouchersOf(sumsOf(postings), names).values()]
          expect(said.map(({ text, rows, total }) => ({ text, rows, total }))).toEqual(
            vouchers.map(({ text, rows }) => {
              const debits = rows.map(({ amount }) => amount).filter((amount) => amount > 0)
              return { text, rows: rows.length, total: sum(debits) }
            }),
          )
        },
      ),
    )
  })
})

const anyPosting = fc
  .record({
    amount: fc.integer({ min: 1, max: 10_000_000 }),
    account: fc.constantFrom('31900', '31910', '31920'),
    costCentre: fc.constantFrom('600110', '600120'),
    project: fc.constantFrom(null, 'B26001'),
    kind: fc.constantFrom('paid' as const, 'surplus' as const, 'surplus-refunded' as const),
    bookDate: fc.constantFrom('2026-11-19', '2026-11-20', '2026-12-31'),
  })
  .map(({ amount, account, costCentre, project, kind, bookDate }): DatedPosting => {
    const coding = { ...lateFee, account, costCentre, project }
    const sides = {
      paid: { from: account, to: '15810' },
      surplus: { from: '24990', to: account },
      'surplus-refunded': { from: '15810', to: '24990' },
    }[kind]
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
