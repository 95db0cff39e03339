import { createInstance } from 'i18next'
import { audit } from '../../areas/audit/pages/texts.ts'
import { check } from '../../areas/borrower/pages/texts/check.ts'
import { fees } from '../../areas/borrower/pages/texts/fees.ts'
import { payment } from '../../areas/borrower/pages/texts/payment.ts'
import { payments } from '../../areas/borrower/pages/texts/payments.ts'
import { receipt } from '../../areas/borrower/pages/texts/receipt.ts'
import { welcome } from '../../areas/borrower/pages/texts/welcome.ts'
import { desk } from '../../areas/desk/pages/texts.ts'
import { economy } from '../../areas/economy-office/pages/texts/economy.ts'
import { operations } from '../../areas/operations/pages/texts.ts'
import { sessions } from '../../areas/people/pages/texts/sessions.ts'
import { signIn } from '../../areas/people/pages/texts/sign-in.ts'
import type { Language } from '../../base/format.ts'
import { common } from './common.ts'
import { problems } from './problems.ts'

/**
 * All texts of the pages. Each part is a file with Swedish and English side by side, of the same keys by type. A part of
 * the product adds its file and one line here. Texts hold no HTML: pages escape all that they write.
 */
const parts = {
  audit,
  common,
  fees,
  check,
  payment,
  receipt,
  payments,
  desk,
  economy,
  operations,
  welcome,
  problems,
  sessions,
  signIn,
}

type Parts = typeof parts

/** `fees.title`; a plural (`fees.count_one`, `fees.count_other`) is asked for as `fees.count`. */
export type TextKey = { [Part in keyof Parts & string]: `${Part}.${Leaf<Parts[Part]['sv']>}` }[keyof Parts &
  string]

type Leaf<T> = {
  [Key in keyof T & string]: T[Key] extends string
    ? Key extends `${infer Stem}_${'one' | 'other'}`
      ? Stem
      : Key
    : `${Key}.${Leaf<T[Key]>}`
}[keyof T & string]

export type Translate = (key: TextKey, values?: Record<string, string | number>) => string

function inLanguage(language: Language): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part[language]]))
}

const i18n = createInstance()
void i18n.init({
  initAsync: false,
  lng: 'sv',
  fallbackLng: false,
  resources: { sv: { translation: inLanguage('sv') }, en: { translation: inLanguage('en') } },
  // Pages escape; a text that is escaped twice would show &amp;.
  interpolation: { escapeValue: false },
})

export const translate: Record<Language, Translate> = {
  sv: (key, values = {}) => i18n.t(key, { ...values, lng: 'sv' }),
  en: (key, values = {}) => i18n.t(key, { ...values, lng: 'en' }),
}
