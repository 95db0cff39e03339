import { describe, expect, it } from 'vitest'
import { retrieveAnswer } from '../../../../src/outside/providers/nets-easy/answers.ts'
import { factOf } from '../../../../src/outside/providers/nets-easy/checkout-fact.ts'

/** The fact in an answer, as the adapter finds it; `unreadable` when its shape is not known. */
function fact(payment: Record<string, unknown>) {
  const parsed = retrieveAnswer.safeParse({ payment })
  return parsed.success ? factOf(parsed.data.payment) : 'unreadable'
}

const orderDetails = { amount: 41000, currency: 'SEK', reference: 'KV-1' }
const charges = [{ chargeId: 'c1', amount: 41000, created: '2026-11-03T10:14:26.1185+01:00' }]

describe('what is true of a Nets Easy payment', () => {
  it.each([
    ['nothing has happened', {}, { kind: 'open', lastTry: null }],
    ['sums are null', { chargedAmount: null, reservedAmount: null }, { kind: 'open' }],
    ['money is held', { reservedAmount: 41000 }, { kind: 'reserved', reserved: 41000 }],
    [
      'some of it was let go',
      { reservedAmount: 41000, cancelledAmount: 1000 },
      { kind: 'reserved', reserved: 40000 },
    ],
    [
      'all of it was let go',
      { reservedAmount: 41000, cancelledAmount: 41000 },
      { kind: 'ended', how: 'cancelled' },
    ],
    [
      'it is charged',
      { reservedAmount: 41000, chargedAmount: 41000 },
      { kind: 'paid', charged: 41000, refunded: 0 },
    ],
    ['charged without reservation', { chargedAmount: 41000 }, { kind: 'paid', charged: 41000 }],
    [
      'numbers are text',
      { chargedAmount: '41000', refundedAmount: '35000' },
      { charged: 41000, refunded: 35000 },
    ],
    [
      'less than the order is charged',
      { reservedAmount: 41000, chargedAmount: 6000 },
      { kind: 'paid', charged: 6000 },
    ],
    ['more than the order is charged', { chargedAmount: 50000 }, { kind: 'paid', charged: 50000 }],
    ['more is refunded than charged', { chargedAmount: 1, refundedAmount: 2 }, { kind: 'unknown' }],
  ])('when %s', (_what, summary, expected) => {
    expect(fact({ summary, orderDetails, charges })).toMatchObject(expected)
  })

  it('tells each refund; a state that it does not know is still to come', () => {
    const states = [
      'Pending',
      'Completed',
      'completed',
      'Failed',
      'Cancelled',
      'Expired',
      'Resting',
      undefined,
    ]
    const refunds = states.map((state, index) => ({ refundId: `r${index}`, amount: 100, state }))
    const told = fact({ summary: { chargedAmount: 41000 }, orderDetails, charges, refunds })
    if (told === 'unreadable' || told.kind !== 'paid') throw new Error(JSON.stringify(told))
    expect(told.refunds.map(({ state }) => state)).toEqual([
      'pending',
      'done',
      'done',
      'failed',
      'failed',
      'failed',
      'pending',
      'pending',
    ])
    expect(told.refunds[0]).toEqual({ id: 'r0', amount: 100, state: 'pending', reference: null })
    expect(told.disputed).toBe(0)
  })

  it('lets money win over a payment that was closed', () => {
    const terminated = '2026-11-03T10:12:41.0000+00:00'
    expect(fact({ summary: {}, orderDetails, terminated })).toEqual({ kind: 'ended', how: 'cancelled' })
    expect(fact({ summary: { chargedAmount: 41000 }, orderDetails, charges, terminated })).toMatchObject({
      kind: 'paid',
    })
  })

  it('reads the time of the charge in any offset, and does without', () => {
    const paid = (created: unknown) =>
      fact({ summary: { chargedAmount: 1 }, orderDetails, charges: [{ chargeId: 'c', amount: 1, created }] })
    expect(paid('2026-11-03T10:14:26.1185+01:00')).toMatchObject({ paidAt: '2026-11-03T09:14:26.118Z' })
    expect(paid('yesterday')).toMatchObject({ paidAt: null })
    expect(paid(undefined)).toMatchObject({ paidAt: null })
  })

  it.each([
    ['CARD', 'Visa', { method: 'card', brand: 'Visa', lastDigits: '0004' }],
    ['card', 'MasterCard', { method: 'card', brand: 'MasterCard', lastDigits: '0004' }],
    ['A2A', 'Swish', { method: 'swish', brand: null, lastDigits: null }],
    ['A2a', 'Swish', { method: 'swish', brand: null, lastDigits: null }],
    ['WALLET', undefined, { method: 'wallet', brand: null, lastDigits: null }],
    [undefined, undefined, { method: 'unknown', brand: null, lastDigits: null }],
  ])('knows what was paid with: %s %s', (paymentType, paymentMethod, expected) => {
    const paymentDetails = { paymentType, paymentMethod, cardDetails: { maskedPan: '492500******0004' } }
    const paid = fact({ summary: { chargedAmount: 41000 }, orderDetails, charges, paymentDetails })
    expect(paid).toMatchObject({ with: expected })
  })

  it.each([
    ['no order', { summary: {} }],
    ['an amount with a fraction', { summary: { chargedAmount: 410.5 }, orderDetails, charges }],
    ['a negative amount', { summary: { chargedAmount: -1 }, orderDetails, charges }],
    ['an amount in kronor', { summary: { chargedAmount: '410.00' }, orderDetails, charges }],
    ['an amount beyond counting', { summary: { chargedAmount: 1e300 }, orderDetails, charges }],
    ['no currency', { summary: {}, orderDetails: { amount: 1 } }],
    ['charges that are no list', { summary: { chargedAmount: 1 }, orderDetails, charges: 'c1' }],
  ])('does not guess about %s', (_what, payment) => {
    expect(fact(payment)).toBe('unreadable')
  })

  it('does not call charged what names no charge', () => {
    expect(fact({ summary: { chargedAmount: 41000 }, orderDetails, charges: [] })).toMatchObject({
      kind: 'unknown',
    })
  })
})
