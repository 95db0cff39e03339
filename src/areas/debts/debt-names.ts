import type { Language, Texts } from '../../base/language.ts'

/** What Kvitt calls Koha's debit types (account_debit_types.sql). Never "böter": avgift, fee. */
const ours: Record<string, Texts<string>> = {
  OVERDUE: { sv: 'Förseningsavgift', en: 'Overdue fee' },
  LOST: { sv: 'Ersättningsavgift', en: 'Replacement fee' },
  PROCESSING: { sv: 'Arbetskostnad', en: 'Processing fee' },
  ACCOUNT: { sv: 'Avgift för bibliotekskonto', en: 'Account fee' },
  ACCOUNT_RENEW: { sv: 'Avgift för att förnya konto', en: 'Account renewal fee' },
  ARTICLE_REQUEST: { sv: 'Artikelbeställning', en: 'Article request fee' },
  MANUAL: { sv: 'Avgift', en: 'Fee' },
  NEW_CARD: { sv: 'Nytt bibliotekskort', en: 'New library card' },
  RENT: { sv: 'Hyresavgift', en: 'Rental fee' },
  RENT_DAILY: { sv: 'Hyresavgift', en: 'Rental fee' },
  RENT_RENEW: { sv: 'Hyresavgift', en: 'Rental fee' },
  RENT_DAILY_RENEW: { sv: 'Hyresavgift', en: 'Rental fee' },
  RESERVE: { sv: 'Reservationsavgift', en: 'Hold fee' },
  RESERVE_EXPIRED: { sv: 'Ej hämtad reservation', en: 'Hold not collected' },
  PAYOUT: { sv: 'Utbetalning', en: 'Payout' },
  VOID: { sv: 'Makulerad', en: 'Voided' },
}

const unnamed: Texts<string> = { sv: 'Avgift', en: 'Fee' }

/**
 * Returns a debt type's name for people: the library's own word, ours, or simply "fee" for a type that nobody has
 * named.
 */
export function debtName(type: string, language: Language, own: Record<string, Texts<string>>): string {
  return (own[type] ?? ours[type] ?? unnamed)[language]
}
