import { TIME_ZONE } from './calendar.ts'
import type { Ore } from './money.ts'

export type Language = 'sv' | 'en'

/** How sums and times are written for people, on pages, paper and mail. Times are given as instants or as ISO date-times with zone. */
export interface Formats {
  /** "1 886,00 kr", "1,886.00 kr"; with spaces that do not break. */
  kronor(amount: Ore): string
  /** "20 november 2026" */
  date(instant: Date | string): string
  /** "18.06", "18:06" */
  time(instant: Date | string): string
  /** "20 november 2026 kl. 18.06", "20 November 2026 at 18:06" */
  moment(instant: Date | string): string
}

const SPACE = '\u00a0'

// The figures of the language, and always "kr" after them: en-GB by itself would write "SEK 886.00".
const figures = { minimumFractionDigits: 2, maximumFractionDigits: 2 }
const sums = {
  sv: new Intl.NumberFormat('sv-SE', figures),
  en: new Intl.NumberFormat('en-GB', figures),
}
const dates = {
  sv: new Intl.DateTimeFormat('sv-SE', { dateStyle: 'long', timeZone: TIME_ZONE }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: TIME_ZONE }),
}
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: TIME_ZONE })

function formatsOf(language: Language): Formats {
  const date = (instant: Date | string) => dates[language].format(new Date(instant))
  const time = (instant: Date | string) => {
    const hoursAndMinutes = clock.format(new Date(instant))
    return language === 'sv' ? hoursAndMinutes.replace(':', '.') : hoursAndMinutes
  }
  const at = language === 'sv' ? 'kl.' : 'at'
  return {
    kronor: (amount) => `${sums[language].format(amount / 100)}${SPACE}kr`,
    date,
    time,
    moment: (instant) => `${date(instant)} ${at}${SPACE}${time(instant)}`,
  }
}

export const formats: Record<Language, Formats> = { sv: formatsOf('sv'), en: formatsOf('en') }
