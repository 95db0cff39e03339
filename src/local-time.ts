/** The one time zone of the books and of the pages. */
export const TIME_ZONE = 'Europe/Stockholm'

const dayFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The local day of an instant, as an ISO date: which day's books it belongs to. */
export function localDay(instant: Date): string {
  return dayFormat.format(instant)
}

const hourFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: TIME_ZONE,
  hour: '2-digit',
  hourCycle: 'h23',
})

/** The local hour of an instant, 0 to 23. */
export function localHour(instant: Date): number {
  return Number(hourFormat.format(instant))
}
