import { describe, expect, it } from 'vitest'
import { sessionAnswer } from '../../../../src/outside/providers/stripe/answers.ts'
import { factOf } from '../../../../src/outside/providers/stripe/checkout-fact.ts'

function fact(session: Record<string, unknown>) {
  const parsed = sessionAnswer.safeParse({ id: 'cs_test_1', payment_status: 'unpaid', ...session })
  return parsed.success ? factOf(parsed.data) : 'unreadable'
}

const charge = {
  id: 'ch_1',
  amount_refunded: 100,
  created: 1_793_696_000,
  payment_method_details: { type: 'card', card: { brand: 'visa', last4: '3155' } },
}
const intent = (status: string, more: Record<string, unknown> = {}) => ({
  payment_intent: {
    id: 'pi_1',
    status,
    amount_received: status === 'succeeded' ? 41000 : 0,
    amount_capturable: status === 'requires_capture' ? 41000 : 0,
    currency: 'sek',
    latest_charge: charge,
    ...more,
  },
})
const declined = { last_payment_error: { code: 'card_declined' } }
const paid = { status: 'complete', payment_status: 'paid' }

describe('what is true of a Stripe session', () => {
  it.each([
    ['untouched', { status: 'open', payment_intent: null }, { kind: 'open', lastTry: null }],
    ['declined', { status: 'open', ...intent('requires_payment_method', declined) }, { lastTry: 'declined' }],
    ['asking for a code', { status: 'open', ...intent('requires_action') }, { kind: 'open', lastTry: null }],
    [
      'paid',
      { ...paid, ...intent('succeeded') },
      { kind: 'paid', charged: 41000, refunded: 100, currency: 'SEK' },
    ],
    ['held', { status: 'complete', ...intent('requires_capture') }, { kind: 'reserved', reserved: 41000 }],
    ['expired', { status: 'expired', payment_intent: null }, { kind: 'ended', how: 'expired' }],
    ['paid by a slow method', { status: 'complete', ...intent('processing') }, { kind: 'unknown' }],
    [
      'a slow no',
      { status: 'complete', ...intent('requires_payment_method', declined) },
      { how: 'declined' },
    ],
    ['taken back', { status: 'complete', ...intent('canceled') }, { kind: 'ended', how: 'cancelled' }],
    ['complete with no payment', { status: 'complete', payment_intent: null }, { kind: 'unknown' }],
    ['for nothing', { status: 'complete', payment_status: 'no_payment_required' }, { kind: 'unknown' }],
    ['of a new status', { status: 'resting' }, { kind: 'unknown' }],
    ['without a status', { status: null }, { kind: 'unknown' }],
    ['paid, without its payment', { ...paid, payment_intent: 'pi_1' }, { kind: 'unknown' }],
    [
      'paid, without its charge',
      { ...paid, ...intent('succeeded', { latest_charge: 'ch_1' }) },
      { kind: 'unknown' },
    ],
  ])('%s', (_what, session, expected) => {
    expect(fact(session)).toMatchObject(expected)
  })

  it('tells each refund, and ours by its reference; a list that has more is not believed', () => {
    const refund = (id: string, status: string, metadata = {}) => ({ id, amount: 50, status, metadata })
    const data = [
      refund('re_1', 'succeeded', { kvitt_refund: 'KV-1-R1' }),
      refund('re_2', 'pending'),
      refund('re_3', 'requires_action'),
      refund('re_4', 'failed'),
      refund('re_5', 'canceled'),
      refund('re_6', 'resting'),
    ]
    const withRefunds = (has_more: boolean) =>
      fact({ ...paid, ...intent('succeeded', { latest_charge: { ...charge, refunds: { data, has_more } } }) })
    const told = withRefunds(false)
    if (told === 'unreadable' || told.kind !== 'paid') throw new Error(JSON.stringify(told))
    expect(told.refunds.map(({ state }) => state)).toEqual([
      'done',
      'pending',
      'pending',
      'failed',
      'failed',
      'pending',
    ])
    expect(told.refunds[0]).toEqual({ id: 're_1', amount: 50, state: 'done', reference: 'KV-1-R1' })
    expect(told.refunds[1]?.reference).toBeNull()
    expect(withRefunds(true)).toMatchObject({ kind: 'unknown' })
  })

  it('counts what banks hold in disputes, and neither inquiries nor what was won', () => {
    const session = sessionAnswer.parse({ id: 'cs_test_1', ...paid, ...intent('succeeded') })
    const states = ['needs_response', 'under_review', 'lost', 'won', 'warning_needs_response', 'prevented']
    const disputes = states.map((status, index) => ({ id: `du_${index}`, amount: 10 ** index, status }))
    expect(factOf(session, disputes)).toMatchObject({ kind: 'paid', disputed: 111 })
    expect(factOf(session)).toMatchObject({ disputed: 0 })
  })

  it('knows what was paid with, and when', () => {
    expect(fact({ ...paid, ...intent('succeeded') })).toMatchObject({
      chargeId: 'ch_1',
      paidAt: new Date(1_793_696_000_000).toISOString(),
      with: { method: 'card', brand: 'Visa', lastDigits: '3155' },
    })
    const swish = { latest_charge: { ...charge, payment_method_details: { type: 'swish', swish: {} } } }
    expect(fact({ ...paid, ...intent('succeeded', swish) })).toMatchObject({
      with: { method: 'swish', brand: null, lastDigits: null },
    })
  })

  it.each([
    ['an amount with a fraction', { ...paid, ...intent('succeeded', { amount_received: 410.5 }) }],
    ['a negative amount', { ...paid, ...intent('succeeded', { amount_received: -1 }) }],
    ['an amount as text', { ...paid, ...intent('succeeded', { amount_received: '41000' }) }],
    ['no payment status', { status: 'open', payment_status: undefined }],
    ['an id that is none', { id: '../../v1/refunds', status: 'open' }],
  ])('does not guess about %s', (_what, session) => {
    expect(fact(session)).toBe('unreadable')
  })
})
