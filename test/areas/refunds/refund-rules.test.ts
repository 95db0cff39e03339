import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type KnownRefund,
  matchProviderRefunds,
  type PaidFact,
  type RefundState,
  refundable,
  refundSteps,
  roomAtProvider,
  takesMoney,
  wantsApproval,
} from '../../../src/areas/refunds/refund.ts'
import { ore } from '../../../src/base/money.ts'
import type { RefundFact } from '../../../src/outside/ports/provider.ts'

const states = Object.keys(refundSteps) as RefundState[]

function known(more: Partial<KnownRefund> = {}): KnownRefund {
  return { id: 1, reference: 'KV-1-R1', amount: ore(100), state: 'sending', providerId: null, ...more }
}

function fact(more: Partial<RefundFact> = {}): RefundFact {
  return { id: 're_1', amount: ore(100), state: 'done', reference: null, ...more }
}

describe('the states of a refund', () => {
  it('cannot be left once it is withdrawn, and money that has moved can never be called withdrawn', () => {
    expect(refundSteps.withdrawn).toEqual({})
    for (const from of ['sending', 'pending', 'done', 'failed'] as const)
      expect(Object.keys(refundSteps[from])).not.toContain('withdrawn')
  })

  it('never go from a second person’s decision back to the first', () => {
    for (const from of states) expect(Object.keys(refundSteps[from])).not.toContain('proposed')
  })

  it('take money until it is certain that nothing is given back', () => {
    expect(states.filter(takesMoney)).toEqual(['proposed', 'approved', 'sending', 'pending', 'done'])
  })
})

describe('what the provider lists', () => {
  it('is ours by its id, by our reference, or by its sum while ours is on its way', () => {
    const byId = matchProviderRefunds([known({ state: 'pending', providerId: 're_1' })], [fact()])
    expect(byId.moves).toEqual([{ id: 1, to: 'done', step: 'refunded', providerId: 're_1' }])
    const byReference = matchProviderRefunds([known()], [fact({ reference: 'KV-1-R1', state: 'failed' })])
    expect(byReference.moves).toMatchObject([{ to: 'failed' }])
    expect(matchProviderRefunds([known()], [fact()]).moves).toMatchObject([{ to: 'done' }])
  })

  it.each<[string, Partial<KnownRefund>, Partial<RefundFact>]>([
    ['of another sum', {}, { amount: ore(99) }],
    ['with somebody else’s reference', {}, { reference: 'KV-1-R2' }],
    ['while ours is not sent', { state: 'approved' }, {}],
    ['while ours has failed', { state: 'failed' }, {}],
    ['while ours has another id', { state: 'pending', providerId: 're_2' }, {}],
  ])('is a stranger: %s', (_what, mine, listed) => {
    const news = matchProviderRefunds([known(mine)], [fact(listed)])
    expect(news).toMatchObject({ moves: [], strangers: [{ id: 're_1' }], odd: [] })
  })

  it('is nothing to us when it failed and is not ours', () => {
    expect(matchProviderRefunds([known()], [fact({ state: 'failed' })])).toEqual({
      moves: [],
      strangers: [],
      odd: [],
    })
  })

  it('is odd when it is ours with another sum: that is for a person', () => {
    const news = matchProviderRefunds([known()], [fact({ reference: 'KV-1-R1', amount: ore(1) })])
    expect(news).toMatchObject({
      moves: [],
      strangers: [],
      odd: [{ kind: 'sum-differs', refund: 'KV-1-R1' }],
    })
  })

  it('gives two of the same sum one owner and one stranger', () => {
    const news = matchProviderRefunds([known()], [fact(), fact({ id: 're_2' })])
    expect(news.moves).toHaveLength(1)
    expect(news.strangers).toMatchObject([{ id: 're_2' }])
  })

  it('moves nothing when it says what we know', () => {
    for (const state of ['pending', 'done', 'failed'] as const)
      expect(matchProviderRefunds([known({ state, providerId: 're_1' })], [fact({ state })]).moves).toEqual(
        [],
      )
  })
})

describe('what can still be given back', () => {
  const some = fc.array(
    fc.record({
      cause: fc.constantFrom('person', 'surplus', 'elsewhere'),
      state: fc.constantFrom(...states),
      amount: fc.integer({ min: 1, max: 1000 }).map(ore),
    }),
  )

  it('is never below nothing and never more than was paid', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        some,
        fc.integer({ min: 0, max: 500 }),
        (paid, refunds, held) => {
          const left = refundable(ore(paid), refunds, ore(held))
          expect(left).toBeGreaterThanOrEqual(0)
          expect(left).toBeLessThanOrEqual(paid)
        },
      ),
    )
  })

  it('at the provider is the smaller of its two ways of counting', () => {
    const paid = (refunded: number, refunds: RefundFact[], disputed = 0): PaidFact => ({
      kind: 'paid',
      charged: ore(1000),
      refunded: ore(refunded),
      refunds,
      disputed: ore(disputed),
      currency: 'SEK',
      chargeId: 'c',
      paidAt: null,
      with: { method: 'card', brand: null, lastDigits: null },
    })
    expect(roomAtProvider(paid(0, []))).toBe(1000)
    expect(roomAtProvider(paid(0, [fact({ state: 'pending' })]))).toBe(900)
    expect(roomAtProvider(paid(100, [fact(), fact({ state: 'failed' })]))).toBe(900)
    expect(roomAtProvider(paid(300, [fact()]))).toBe(700)
    expect(roomAtProvider(paid(0, [], 1000))).toBe(0)
    expect(roomAtProvider(paid(1000, [], 1000))).toBe(0)
  })

  it('wants a second person from the limit on, parts counted together, surpluses not', () => {
    const before = [
      { cause: 'person', state: 'done' as const, amount: ore(300) },
      { cause: 'person', state: 'failed' as const, amount: ore(900) },
      { cause: 'surplus', state: 'done' as const, amount: ore(900) },
    ]
    expect(wantsApproval(ore(500), [], ore(500))).toBe(true)
    expect(wantsApproval(ore(499), [], ore(500))).toBe(false)
    expect(wantsApproval(ore(199), before, ore(500))).toBe(false)
    expect(wantsApproval(ore(200), before, ore(500))).toBe(true)
    expect(wantsApproval(ore(1), [], ore(0))).toBe(true)
  })
})
