import { describe, expect, it } from 'vitest'
import { localDay } from '../../src/base/calendar.ts'
import { nextSlot } from '../../src/work/next-slot.ts'

/** The times after an instant, as UTC. */
function slots(cron: string, from: string, count: number): string[] {
  const found: string[] = []
  let at = new Date(from)
  while (found.length < count) {
    at = nextSlot(cron, at)
    found.push(at.toISOString().slice(0, 16))
  }
  return found
}

describe('the next time of a plan', () => {
  it('is by the clock in Stockholm, in winter and in summer', () => {
    expect(slots('5 6 * * *', '2026-11-28T12:00:00Z', 1)).toEqual(['2026-11-29T05:05'])
    expect(slots('5 6 * * *', '2026-06-28T12:00:00Z', 1)).toEqual(['2026-06-29T04:05'])
  })

  it('is of the day in Stockholm between midnight there and midnight in UTC', () => {
    expect(slots('5 1 * * *', '2026-12-31T23:30:00Z', 1)).toEqual(['2027-01-01T00:05'])
    expect(slots('15 0 1 1 *', '2026-12-31T23:00:00Z', 1)).toEqual(['2026-12-31T23:15'])
    expect(slots('35 3 * * 5', '2026-12-31T23:30:00Z', 1)).toEqual(['2027-01-01T02:35'])
  })

  it('is later than the instant that is one', () => {
    expect(slots('17 * * * *', '2026-11-28T12:17:00.000Z', 1)).toEqual(['2026-11-28T13:17'])
    expect(slots('17 * * * *', '2026-11-28T12:16:59.999Z', 1)).toEqual(['2026-11-28T12:17'])
  })

  it.each(['2027-03-28', '2026-10-25'])('is once in the night of %s for every hour of the day', (night) => {
    const before = new Date(`${night}T12:00:00Z`)
    before.setUTCDate(before.getUTCDate() - 2)
    for (let hour = 0; hour < 24; hour += 1) {
      const days = slots(`5 ${hour} * * *`, before.toISOString(), 4).map((at) => localDay(new Date(`${at}Z`)))
      expect(new Set(days).size, `at ${hour}:05`).toBe(4)
      expect(days).toContain(night)
    }
  })

  it('is when the lost hour ends for a time within it, and the first of two in the hour that comes twice', () => {
    expect(slots('5 2 * * *', '2027-03-27T12:00:00Z', 2)).toEqual(['2027-03-28T01:00', '2027-03-29T00:05'])
    expect(slots('5 2 * * *', '2026-10-24T12:00:00Z', 2)).toEqual(['2026-10-25T00:05', '2026-10-26T01:05'])
  })

  it('is every hour for what happens every hour, in both nights', () => {
    const spring = slots('17 * * * *', '2027-03-27T23:30:00Z', 4)
    expect(spring).toEqual(['00', '01', '02', '03'].map((hour) => `2027-03-28T${hour}:17`))
    const autumn = slots('17 * * * *', '2026-10-24T23:30:00Z', 4)
    expect(autumn).toEqual(['00', '01', '02', '03'].map((hour) => `2026-10-25T${hour}:17`))
  })

  it.each(['every day', '5 6 * *', '0 5 6 * * *', '5 25 * * *', '0 0 31 2 *'])('is none for %s', (cron) => {
    expect(() => nextSlot(cron, new Date('2026-11-28T12:00:00Z'))).toThrow()
  })
})
