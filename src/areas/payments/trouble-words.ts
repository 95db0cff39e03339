import type { Language, Texts } from '../../base/language.ts'

const words: Texts<Readonly<Record<string, string>>> = {
  sv: {
    'provider-not-configured': 'Betalbolaget finns inte i konfigurationen.',
    'provider-silent': 'Betalbolaget svarade inte.',
    'borrower-busy': 'Något annat för samma låntagare skrivs till Koha just nu.',
    'koha-may-be-at-work': 'Väntar tills Koha säkert är klart med det som skickades.',
    'too-late-to-send': 'Det gick för lång tid innan det kunde skickas.',
  },
  en: {
    'provider-not-configured': 'The payment company is not in the configuration.',
    'provider-silent': 'The payment company did not answer.',
    'borrower-busy': 'Something else of the same borrower is being written to Koha.',
    'koha-may-be-at-work': 'Waiting until Koha has surely finished what was sent.',
    'too-late-to-send': 'It took too long before it could be sent.',
  },
}

/** Returns why something was put off, in words: our own reasons in the reader's language, a neighbour's words as they came. */
export function troubleWords(trouble: string | null, language: Language): string | null {
  return trouble === null ? null : (words[language][trouble] ?? trouble)
}
