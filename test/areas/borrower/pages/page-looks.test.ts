import { describe, expect, it } from 'vitest'
import { createPageLooks } from '../../../../src/areas/borrower/pages/page-looks.ts'

describe('what pages may ask', () => {
  it('is a dozen questions in the first four minutes, however often they reload', () => {
    let now = Date.parse('2026-11-20T12:00:00Z')
    const looks = createPageLooks({ now: () => new Date(now) })
    const asked: number[] = []
    for (let second = 0; second <= 240; second += 1) {
      if (looks.due('KV-1')) asked.push(second)
      now += 1000
    }
    expect(asked.slice(0, 5)).toEqual([0, 2, 5, 10, 17])
    expect(asked.length).toBeLessThanOrEqual(12)
    expect(asked.length).toBeGreaterThanOrEqual(8)
  })

  it('is counted for each payment by itself, and forgets the oldest of very many', () => {
    const looks = createPageLooks({ now: () => new Date(0) })
    expect(looks.due('KV-1')).toBe(true)
    expect(looks.due('KV-2')).toBe(true)
    expect(looks.due('KV-1')).toBe(false)
    for (let at = 0; at < 2000; at += 1) looks.due(`KV-more-${at}`)
    expect(looks.due('KV-1')).toBe(true)
  })
})
