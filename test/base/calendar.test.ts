import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  localDay,
  localYear,
  monthsBefore,
  startOfDay,
  startOfYear,
} from '../../src/base/calendar.ts'

const anyDay = fc
  .date({ min: new Date('1990-01-01T12:00:00Z'), max: new Date('2090-12-31T12:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const anyInstant = fc.date({
  min: new Date('1990-01-01T00:00:00Z'),
  max: new Date('2090-12-31T00:00:00Z'),
  noInvalidDate: true,
})

describe('the local day', () => {
  it.each([
    ['before midnight in winter', '2026-12-31T22:59:59.999Z', '2026-12-31'],
    ['midnight in winter', '2026-12-31T23:00:00Z', '2027-01-01'],
    ['between midnight in Stockholm and midnight in UTC', '2026-12-31T23:30:00Z', '2027-01-01'],
    ['before midnight in summer', '2026-07-14T21:59:59.999Z', '2026-07-14'],
    ['midnight in summer', '2026-07-14T22:00:00Z', '2026-07-15'],
    ['the last instant of the night that loses an hour', '2027-03-28T21:59:59.999Z', '2027-03-28'],
    ['the first hour of the night that gains one', '2026-10-24T22:30:00Z', '2026-10-25'],
    ['its last instant', '2026-10-25T22:59:59.999Z', '2026-10-25'],
    ['29 February', '2028-02-28T23:00:00Z', '2028-02-29'],
  ])('of %s', (_when, instant, day) => {
    expect(localDay(new Date(instant))).toBe(day)
  })

  it('begins where it ends, whatever the night does', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const begins = startOfDay(day)
        expect(localDay(begins)).toBe(day)
        expect(localDay(new Date(begins.getTime() - 1))).toBe(addDays(day, -1))
      }),
    )
  })

  it.each([
    ['2026-11-28', 24],
    ['2027-03-28', 23],
    ['2026-10-25', 25],
  ])('%s has %i hours', (day, hours) => {
    expect(startOfDay(addDays(day, 1)).getTime() - startOfDay(day).getTime()).toBe(hours * 3_600_000)
  })
})

describe('the local year', () => {
  it('begins an hour before the year in UTC', () => {
    expect(startOfYear(2027).toISOString()).toBe('2026-12-31T23:00:00.000Z')
    expect(localYear(new Date('2026-12-31T22:59:59.999Z'))).toBe(2026)
    expect(localYear(new Date('2026-12-31T23:00:00Z'))).toBe(2027)
  })
})

describe('days and months', () => {
  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-02-28', 1, '2027-03-01'],
    ['2027-03-29', -1, '2027-03-28'],
  ])('%s and %i days', (day, days, then) => {
    expect(addDays(day, days)).toBe(then)
  })

  it.each([
    ['2026-05-31', -3, '2026-02-28'],
    ['2028-05-31', -3, '2028-02-29'],
    ['2026-08-31', -2, '2026-06-30'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-01', -11, '2025-02-01'],
    ['2028-02-29', -12, '2027-02-28'],
    ['2026-12-15', 3, '2027-03-15'],
  ])('%s and %i months', (day, months, then) => {
    expect(addMonths(day, months)).toBe(then)
  })

  it('land in the month that was asked for, on the same day or its last', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -120, max: 120 }), (day, months) => {
        const then = addMonths(day, months)
        const monthOf = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))
        expect(monthOf(then)).toBe(monthOf(day) + months)
        const sameDay = then.slice(8) === day.slice(8)
        const lastDay = addDays(then, 1).slice(8) === '01'
        expect(sameDay || (lastDay && then.slice(8) < day.slice(8))).toBe(true)
      }),
    )
  })
})

describe('an instant some months earlier', () => {
  it.each([
    ['the last of May', '2026-05-31T10:00:00Z', 3, '2026-02-28T11:00:00.000Z'],
    ['the last of May in a leap year', '2028-05-31T10:00:00Z', 3, '2028-02-29T11:00:00.000Z'],
    ['the first half hour of a month in Stockholm', '2026-05-31T22:30:00Z', 3, '2026-02-28T23:30:00.000Z'],
    ['over the night that loses an hour', '2027-04-28T00:30:00Z', 1, '2027-03-28T01:30:00.000Z'],
    [
      'the same hour of the clock in winter and summer',
      '2026-11-20T03:35:00Z',
      5,
      '2026-06-20T02:35:00.000Z',
    ],
  ])('%s', (_when, instant, months, then) => {
    expect(monthsBefore(new Date(instant), months).toISOString()).toBe(then)
  })

  it('is on the day that addMonths says, or right after the hour that the night lost', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 84 }), (instant, months) => {
        expect(localDay(monthsBefore(instant, months))).toBe(addMonths(localDay(instant), -months))
      }),
    )
  })
})
