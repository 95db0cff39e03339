import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canStillBePaid,
  type Decision,
  decide,
  type PaymentFacts,
  type PaymentState,
  steps,
  stepTo,
} from '../../../src/areas/payments/payment.ts'
import { ore } from '../../../src/base/money.ts'
import type { CheckoutFact } from '../../../src/outside/ports/provider.ts'

const states = Object.keys(steps) as PaymentState[]
const noon = new Date('2026-11-21T12:00:00Z')
const trouble = { kind: 'timeout', message: 'no answer in 8 s' } as const
const card = { method: 'card', brand: 'Visa', lastDigits: '0004' }

function payment(state: PaymentState, more: Partial<PaymentFacts> = {}): PaymentFacts {
  return {
    state,
    amount: ore(88600),
    currency: 'SEK',
    expiresAt: new Date('2026-11-21T12:30:00Z'),
    declinedTry: false,
    ...more,
  }
}

function paid(charged = 88600, currency = 'SEK'): CheckoutFact {
  return {
    kind: 'paid',
    charged: ore(charged),
    refunded: ore(0),
    refunds: [],
    disputed: ore(0),
    currency,
    chargeId: 'c1',
    paidAt: null,
    with: card,
  }
}

const late = new Date('2026-11-21T12:31:00Z')

describe('deciding about a payment', () => {
  it('believes a payment of the exact sum', () => {
    expect(decide(payment('open'), paid(), noon)).toMatchObject({ kind: 'move', to: 'paid', step: 'paid' })
  })

  it('lets money win over every end that we had given it', () => {
    for (const state of ['declined', 'cancelled', 'expired', 'failed'] as const) {
      expect(decide(payment(state), paid(), noon)).toMatchObject({
        kind: 'move',
        to: 'paid',
        step: 'paid-after-all',
      })
    }
  })

  it.each([
    ['one öre too little', paid(88599), 'amount-differs'],
    ['one öre too much', paid(88601), 'amount-differs'],
    ['another currency', paid(88600, 'NOK'), 'currency-differs'],
  ])('parks %s instead of calling it paid', (_, fact, reason) => {
    expect(decide(payment('open'), fact, noon)).toMatchObject({
      kind: 'ask-a-person',
      case: { kind: reason },
    })
  })

  it('never takes an unknown answer for a failure, nor for a payment', () => {
    for (const state of states)
      expect(decide(payment(state), { kind: 'unknown', trouble }, late)).toEqual({ kind: 'wait' })
  })

  it('takes what is reserved, if it is the right sum', () => {
    expect(
      decide(payment('open'), { kind: 'reserved', reserved: ore(88600), currency: 'SEK' }, noon),
    ).toEqual({ kind: 'charge' })
    expect(
      decide(payment('open'), { kind: 'reserved', reserved: ore(100), currency: 'SEK' }, noon),
    ).toMatchObject({ kind: 'ask-a-person' })
  })

  it('closes an open checkout when its time is up, not before', () => {
    expect(decide(payment('open'), { kind: 'open', lastTry: null }, noon)).toEqual({ kind: 'wait' })
    expect(decide(payment('open'), { kind: 'open', lastTry: null }, late)).toEqual({ kind: 'close' })
  })

  it('calls a checkout that we closed by what led to it', () => {
    const ended: CheckoutFact = { kind: 'ended', how: 'cancelled' }
    expect(decide(payment('open'), ended, noon)).toMatchObject({ to: 'cancelled' })
    expect(decide(payment('open'), ended, late)).toMatchObject({ to: 'expired' })
    expect(decide(payment('open', { declinedTry: true }), ended, noon)).toMatchObject({ to: 'declined' })
  })

  it('lets nothing out of paid', () => {
    const facts: CheckoutFact[] = [
      paid(),
      { kind: 'ended', how: 'cancelled' },
      { kind: 'open', lastTry: 'declined' },
      { kind: 'reserved', reserved: ore(1), currency: 'SEK' },
    ]
    for (const fact of facts) expect(decide(payment('paid'), fact, late)).toEqual({ kind: 'wait' })
  })
})

const anyFact: fc.Arbitrary<CheckoutFact> = fc.oneof(
  fc.constantFrom(paid(), paid(1), paid(88600, 'EUR')),
  fc.constant<CheckoutFact>({ kind: 'reserved', reserved: ore(88600), currency: 'SEK' }),
  fc.constantFrom<CheckoutFact>({ kind: 'open', lastTry: null }, { kind: 'open', lastTry: 'declined' }),
  fc.constantFrom<CheckoutFact>(
    { kind: 'ended', how: 'declined' },
    { kind: 'ended', how: 'cancelled' },
    { kind: 'ended', how: 'expired' },
  ),
  fc.constantFrom<CheckoutFact>({ kind: 'absent' }, { kind: 'unknown', trouble }),
)

describe('any order of answers', () => {
  it('leaves a legal state, becomes paid at most once, and never leaves it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyFact, fc.boolean()), { maxLength: 30 }), (answers) => {
        let state: PaymentState = 'open'
        let timesPaid = 0
        for (const [fact, isLate] of answers) {
          const decision: Decision = decide(payment(state), fact, isLate ? late : noon)
          if (decision.kind !== 'move') continue
          expect(steps[state][decision.to]).toBe(decision.step)
          if (decision.to === 'paid') timesPaid += 1
          state = decision.to
        }
        expect(timesPaid).toBe(state === 'paid' ? 1 : 0)
      }),
    )
  })

  it('gives the same decision for the same fact twice', () => {
    fc.assert(
      fc.property(fc.constantFrom(...states), anyFact, (state, fact) => {
        expect(decide(payment(state), fact, noon)).toEqual(decide(payment(state), fact, noon))
      }),
    )
  })

  it('never gives up a payment that can still be paid without an end told by the provider', () => {
    fc.assert(
      fc.property(anyFact, fc.boolean(), (fact, isLate) => {
        const decision = decide(payment('open'), fact, isLate ? late : noon)
        if (decision.kind === 'move' && !canStillBePaid(decision.to) && decision.to !== 'paid')
          expect(fact.kind).toBe('ended')
      }),
    )
  })
})

describe('a step that is not in the table', () => {
  it('throws, and so does nothing', () => {
    expect(stepTo('open', 'paid')).toBe('paid')
    expect(() => stepTo('paid', 'cancelled')).toThrow('No payment goes from paid to cancelled')
    expect(() => stepTo('created', 'cancelled')).toThrow('No payment goes from created to cancelled')
  })
})
