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

/** Months are calendar months; the years of paid payments begin after the calendar year in which they were paid. */
export function cutoffsAt(now: Date, settings: RetentionSettings): Cutoffs {
  return {
    abandoned: monthsBefore(now, settings.abandonedMonths),
    titles: monthsBefore(now, settings.titlesMonths),
    webhooks: monthsBefore(now, settings.webhookMonths),
    paid: new Date(Date.UTC(now.getUTCFullYear() - settings.paymentYears, 0, 1)),
  }
}

function monthsBefore(now: Date, months: number): Date {
  const then = new Date(now)
  then.setUTCMonth(then.getUTCMonth() - months)
  return then
}
