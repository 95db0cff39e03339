import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterLook,
  gaps,
  type Looks,
  mayLook,
  nextLateLook,
  nextLook,
} from '../../../src/areas/payments/look-plan.ts'

const start = new Date('2026-11-21T12:00:00Z')
const fresh: Looks = { planned: 0, hourBegan: null, thisHour: 0 }
const minutes = (count: number) => new Date(start.getTime() + count * 60_000)

describe('asking about an open payment', () => {
  it('follows the plan and comes back at the moment of expiry', () => {
    expect(nextLook(fresh, start, minutes(30))).toEqual(new Date(start.getTime() + 20_000))
    expect(nextLook({ ...fresh, planned: 8 }, minutes(25), minutes(30))).toEqual(minutes(30))
    expect(nextLook({ ...fresh, planned: 8 }, minutes(31), minutes(30))).toEqual(minutes(41))
    expect(nextLook({ ...fresh, planned: gaps.length }, start, minutes(-1))).toEqual(minutes(60))
  })

  it('never asks more often in an hour than the provider allows, whoever asks and however often', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.constantFrom('page', 'plan', 'news', 'must-know'), fc.integer({ min: 0, max: 300 })),
          { maxLength: 200 },
        ),
        (asks) => {
          let looks = fresh
          let now = start
          const made: number[] = []
          for (const [urgency, seconds] of asks) {
            now = new Date(now.getTime() + seconds * 1000)
            if (!mayLook(looks, 30, urgency as 'page', now).may) continue
            looks = afterLook(looks, urgency as 'page', now)
            if (looks.thisHour === 1) made.length = 0
            made.push(now.getTime())
            expect(made.length).toBeLessThanOrEqual(30)
          }
        },
      ),
    )
  })

  it('keeps some looks for news when a page has refreshed itself all hour', () => {
    let looks = fresh
    for (let times = 0; times < 100; times += 1) {
      if (mayLook(looks, 30, 'page', minutes(1)).may) looks = afterLook(looks, 'page', minutes(1))
    }
    expect(mayLook(looks, 30, 'page', minutes(2)).may).toBe(false)
    expect(mayLook(looks, 30, 'news', minutes(2)).may).toBe(true)
    expect(mayLook(looks, 30, 'page', minutes(62)).may).toBe(true)
  })
})

describe('a payment that is paid', () => {
  const settled = new Date('2026-11-21T12:00:00Z')
  const after = (days: number) => new Date(settled.getTime() + days * 24 * 3600_000)

  it('is looked at a few times more, until card holders can dispute no longer', () => {
    const seen: Date[] = []
    for (let next = nextLateLook(settled, settled); next; next = nextLateLook(settled, next)) seen.push(next)
    expect(seen).toEqual([after(1), after(10), after(40), after(130)])
    expect(nextLateLook(settled, after(5))).toEqual(after(10))
    expect(nextLateLook(settled, after(500))).toBeNull()
  })
})
