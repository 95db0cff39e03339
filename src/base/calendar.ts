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
