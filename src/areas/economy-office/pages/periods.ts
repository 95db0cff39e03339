export const periodNames = ['today', 'yesterday', 'thisMonth', 'lastMonth', 'year'] as const
export type PeriodName = (typeof periodNames)[number]

export interface Period {
  name: PeriodName
  /** ISO dates, both included. */
  from: string
  to: string
}

/** The periods that people ask for, as seen from a day (ISO date, local time). */
export function periodsFrom(today: string): Period[] {
  const yesterday = shift(today, { days: -1 })
  const firstOfMonth = `${today.slice(0, 8)}01`
  const endOfLastMonth = shift(firstOfMonth, { days: -1 })
  return [
    { name: 'today', from: today, to: today },
    { name: 'yesterday', from: yesterday, to: yesterday },
    { name: 'thisMonth', from: firstOfMonth, to: today },
    { name: 'lastMonth', from: `${endOfLastMonth.slice(0, 8)}01`, to: endOfLastMonth },
    { name: 'year', from: shift(firstOfMonth, { months: -11 }), to: today },
  ]
}

function shift(day: string, { days = 0, months = 0 }: { days?: number; months?: number }): string {
  // Noon in UTC: no clock change comes near it.
  const at = new Date(`${day}T12:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + months)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
