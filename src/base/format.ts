import { TIME_ZONE } from './calendar.ts'
import { inEachLanguage, type Language, locales, type Texts } from './language.ts'
import { CURRENCY_SIGN, type Ore } from './money.ts'

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

// The figures of the language, and always the sign after them: en-GB by itself would write "SEK 886.00".
const figures = { minimumFractionDigits: 2, maximumFractionDigits: 2 }
/** How a language writes a time of day, and what it says before it. */
const times: Texts<{ mark: string; at: string }> = {
  sv: { mark: '.', at: 'kl.' },
  en: { mark: ':', at: 'at' },
}
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: TIME_ZONE })

function formatsOf(language: Language): Formats {
  const sums = new Intl.NumberFormat(locales[language], figures)
  const dates = new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: TIME_ZONE })
  const { mark, at } = times[language]
  const date = (instant: Date | string) => dates.format(new Date(instant))
  const time = (instant: Date | string) => clock.format(new Date(instant)).replace(':', mark)
  return {
    kronor: (amount) => `${sums.format(amount / 100)}${SPACE}${CURRENCY_SIGN}`,
    date,
    time,
    moment: (instant) => `${date(instant)} ${at}${SPACE}${time(instant)}`,
  }
}

export const formats: Texts<Formats> = inEachLanguage(formatsOf)
