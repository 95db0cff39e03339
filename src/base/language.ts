/** The languages of pages and letters; the first is the one of whoever asks for none of them. */
export const languages = ['sv', 'en'] as const

export type Language = (typeof languages)[number]

/** Something said in every language. A language that is missing is a compile error. */
export type Texts<T> = Record<Language, T>

/** How a language is tagged for Intl, PDF and other readers (BCP 47), and what it calls itself. */
export const locales: Texts<string> = { sv: 'sv-SE', en: 'en-GB' }
export const languageNames: Texts<string> = { sv: 'Svenska', en: 'English' }

/** Returns the same for every language, made once for each. */
export function inEachLanguage<T>(make: (language: Language) => T): Texts<T> {
  return Object.fromEntries(languages.map((language) => [language, make(language)])) as Texts<T>
}

const rules = inEachLanguage((language) => new Intl.PluralRules(locales[language]))

/** The forms of a plural by their CLDR names; those that a language does not have are left out. */
type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

/** Returns the form that goes with a number in a language: 1 fee, 2 fees. */
export function plural(language: Language, count: number, forms: Forms): string {
  return forms[rules[language].select(count)] ?? forms.other
}

/** Returns the language that a code of somebody else's means (`sv-SE`, `en`); undefined for none of ours. */
export function languageFrom(code: string | null | undefined): Language | undefined {
  const primary = code?.slice(0, 2).toLowerCase()
  return languages.find((language) => language === primary)
}
