import { localYear, monthsBefore, startOfYear } from '../../base/calendar.ts'

/** Before when things must have ended to be forgotten now; instants. */
export interface Cutoffs {
  abandoned: Date
  titles: Date
  webhooks: Date
  paid: Date
}

export interface RetentionSettings {
  abandonedMonths: number
  titlesMonths: number
  webhookMonths: number
  paymentYears: number
}

/**
 * Returns the cut-offs of an instant. Months are calendar months; the years of paid payments begin after the local calendar
 * year in which they were paid, which is the year of their day in the books.
 */
export function cutoffsAt(now: Date, settings: RetentionSettings): Cutoffs {
  return {
    abandoned: monthsBefore(now, settings.abandonedMonths),
    titles: monthsBefore(now, settings.titlesMonths),
    webhooks: monthsBefore(now, settings.webhookMonths),
    paid: startOfYear(localYear(now) - settings.paymentYears),
  }
}
