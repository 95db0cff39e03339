import { describe, expect, it } from 'vitest'
import { addressOf, readFilter } from '../../../../src/areas/economy-office/pages/payment-filter.ts'
import { periodsFrom } from '../../../../src/areas/economy-office/pages/periods.ts'

describe('the filter of the payments list', () => {
  it('is empty when nothing is asked', () => {
    expect(readFilter({})).toEqual({
      asked: { reference: '', state: '', from: '', to: '' },
      faults: [],
      state: null,
      filter: { reference: null, state: null, from: null, to: null, among: null },
      before: null,
      size: 25,
    })
  })

  it('survives being an address', () => {
    const address = addressOf('/list', {
      reference: 'KV-7F',
      state: 'paid',
      from: '2026-01-01',
      size: 100,
      before: 7,
    })
    expect(address).toBe('/list?reference=KV-7F&state=paid&from=2026-01-01&before=7&size=100')
    const read = readFilter(Object.fromEntries(new URL(address, 'http://x').searchParams))
    expect(read).toMatchObject({
      before: 7,
      size: 100,
      filter: { reference: 'KV-7F', state: 'paid', from: '2026-01-01' },
    })
    expect(addressOf('/list', { state: '', size: 25, before: null })).toBe('/list')
  })

  it.each([
    [{ state: ['paid', 'parked'] }],
    [{ reference: { a: 'b' } }],
    [{ before: '-1', size: '7' }],
    [{ before: '9'.repeat(30) }],
  ])('takes %j for no wish at all', (query) => {
    expect(readFilter(query)).toMatchObject({ faults: [], state: null, before: null, size: 25 })
  })
})

describe('the periods', () => {
  it.each([
    [
      '2026-11-21',
      {
        yesterday: ['2026-11-20', '2026-11-20'],
        thisMonth: ['2026-11-01', '2026-11-21'],
        lastMonth: ['2026-10-01', '2026-10-31'],
        year: ['2025-12-01', '2026-11-21'],
      },
    ],
    [
      '2026-03-01',
      {
        yesterday: ['2026-02-28', '2026-02-28'],
        thisMonth: ['2026-03-01', '2026-03-01'],
        lastMonth: ['2026-02-01', '2026-02-28'],
        year: ['2025-04-01', '2026-03-01'],
      },
    ],
    [
      '2027-01-01',
      {
        yesterday: ['2026-12-31', '2026-12-31'],
        thisMonth: ['2027-01-01', '2027-01-01'],
        lastMonth: ['2026-12-01', '2026-12-31'],
        year: ['2026-02-01', '2027-01-01'],
      },
    ],
    [
      '2028-03-31',
      {
        yesterday: ['2028-03-30', '2028-03-30'],
        thisMonth: ['2028-03-01', '2028-03-31'],
        lastMonth: ['2028-02-01', '2028-02-29'],
        year: ['2027-04-01', '2028-03-31'],
      },
    ],
  ])('as seen from %s', (today, expected) => {
    const periods = Object.fromEntries(periodsFrom(today).map(({ name, from, to }) => [name, [from, to]]))
    expect(periods).toEqual({ today: [today, today], ...expected })
  })
})
