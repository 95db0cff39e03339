import { formats } from '../../base/format.ts'
import type { Texts } from '../../base/language.ts'
import { kohaTroubles } from '../refunds/case-texts.ts'
import type { CreditCases, Difference } from './case-facts.ts'

/** What a kind of case is called, and what it says of its facts. */
type KindTexts<Facts> = Texts<{ title: string; sentence(facts: Facts): string }>

const { sv: swedish, en: english } = formats

const differences: Texts<(odd: Difference) => string> = {
  sv: (odd) =>
    odd.kind === 'unused'
      ? `${swedish.kronor(odd.amount)} av krediten är oanvänt.`
      : `På debitering ${odd.debitId} återstår ${swedish.kronor(odd.left)}, väntat ${swedish.kronor(odd.expected)}.`,
  en: (odd) =>
    odd.kind === 'unused'
      ? `${english.kronor(odd.amount)} of the credit is unused.`
      : `Debit ${odd.debitId} has ${english.kronor(odd.left)} left, expected ${english.kronor(odd.expected)}.`,
}

/** The words of the cases about registering payments in Koha. */
export const creditCaseTexts: { [Kind in keyof CreditCases]: KindTexts<CreditCases[Kind]> } = {
  'koha-undecidable': {
    sv: { title: 'Det går inte att avgöra om krediten finns i Koha.', sentence: kohaTroubles.sv },
    en: { title: 'It cannot be decided whether the credit is in Koha.', sentence: kohaTroubles.en },
  },
  'koha-refuses': {
    sv: { title: 'Koha tar inte emot krediten.', sentence: kohaTroubles.sv },
    en: { title: 'Koha does not accept the credit.', sentence: kohaTroubles.en },
  },
  'koha-differs': {
    sv: {
      title: 'Koha fördelade krediten på ett annat sätt än det begärda.',
      sentence: ({ odd }) => odd.map(differences.sv).join(' '),
    },
    en: {
      title: 'Koha spread the credit in another way than asked for.',
      sentence: ({ odd }) => odd.map(differences.en).join(' '),
    },
  },
}
