import { addDays, addMonths } from '../../../base/calendar.ts'

export const periodNames = ['today', 'yesterday', 'thisMonth', 'lastMonth', 'year'] as const
export type PeriodName = (typeof periodNames)[number]

export interface Period {
  name: PeriodName
  /** ISO dates, both included. */
  from: string
  to: string
}

/** Returns the periods that people ask for, as seen from a day (ISO date, local time). */
export function periodsFrom(today: string): Period[] {
  const yesterday = addDays(today, -1)
  const firstOfMonth = `${today.slice(0, 8)}01`
  const endOfLastMonth = addDays(firstOfMonth, -1)
  return [
    { name: 'today', from: today, to: today },
    { name: 'yesterday', from: yesterday, to: yesterday },
    { name: 'thisMonth', from: firstOfMonth, to: today },
    { name: 'lastMonth', from: `${endOfLastMonth.slice(0, 8)}01`, to: endOfLastMonth },
    { name: 'year', from: addMonths(firstOfMonth, -11), to: today },
  ]
}
