import type { Texts } from '../../base/language.ts'
import { decimalText, type Ore } from '../../base/money.ts'
import type { UnpaidCases } from './case-facts.ts'

/** What a kind of case is called, and what it says of its facts. */
type KindTexts<Facts> = Texts<{ title: string; sentence(facts: Facts): string }>

const sum = (amount: Ore, currency: string) => `${decimalText(amount)} ${currency}`

const otherSum: Texts<(facts: UnpaidCases['amount-differs']) => string> = {
  sv: ({ said, amount, currency, expected, expectedCurrency }) =>
    `${said === 'charged' ? 'Draget' : 'Reserverat'}: ${sum(amount, currency)}. Begärt: ${sum(expected, expectedCurrency)}.`,
  en: ({ said, amount, currency, expected, expectedCurrency }) =>
    `${said === 'charged' ? 'Charged' : 'Reserved'}: ${sum(amount, currency)}. Asked for: ${sum(expected, expectedCurrency)}.`,
}

/** The words of the cases about payments that are not paid. */
export const unpaidCaseTexts: { [Kind in keyof UnpaidCases]: KindTexts<UnpaidCases[Kind]> } = {
  'amount-differs': {
    sv: { title: 'Betalbolaget har dragit ett annat belopp än det begärda.', sentence: otherSum.sv },
    en: {
      title: 'The payment company has taken another sum than the one asked for.',
      sentence: otherSum.en,
    },
  },
  'currency-differs': {
    sv: { title: 'Betalbolaget har dragit i en annan valuta.', sentence: otherSum.sv },
    en: { title: 'The payment company has taken another currency.', sentence: otherSum.en },
  },
  'checkout-unknown': {
    sv: { title: 'Betalbolaget känner inte till betalningen.', sentence: () => '' },
    en: { title: 'The payment company does not know the payment.', sentence: () => '' },
  },
}
