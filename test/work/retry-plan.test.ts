import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextTry, retryDelay } from '../../src/work/retry-plan.ts'

describe('retrying', () => {
  it('waits longer each time, an hour at most, and never twice the same for all', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (tries, random) => {
        const delay = retryDelay(tries, random)
        expect(delay).toBeGreaterThanOrEqual(500)
        expect(delay).toBeLessThanOrEqual(3600_000)
      }),
    )
    expect(retryDelay(3, 1)).toBe(8000)
  })

  it('waits for the earliest that makes sense, when that is later than the plan', () => {
    const now = new Date('2026-03-10T12:00:00Z')
    const notBefore = new Date('2026-03-10T12:05:00Z')
    expect(nextTry(0, 0, now, notBefore)).toEqual(notBefore)
    expect(nextTry(12, 1, now, notBefore).toISOString()).toBe('2026-03-10T13:00:00.000Z')
  })
})
