import { formats } from '../../base/format.ts'
import type { Language, Texts } from '../../base/language.ts'
import { negate } from '../../base/money.ts'
import type { DebitToMake, KohaTrouble, Oddity, RefundCases } from './case-facts.ts'

/** What a kind of case is called, and what it says of its facts. */
type KindTexts<Facts> = Texts<{ title: string; sentence(facts: Facts): string }>

const { sv: swedish, en: english } = formats

/** What the desk is to make in Koha, field by field as Koha's form has them. */
export const debitsByHand: Texts<(debits: DebitToMake[]) => string> = {
  sv: (debits) =>
    debits
      .map(
        ({ type, amount, libraryId, reference }) =>
          `Lägg till en manuell faktura på låntagarens konto i Koha: typ ${type}, ${swedish.kronor(amount)}, bibliotek ${libraryId}, anteckning ${reference}.`,
      )
      .join(' '),
  en: (debits) =>
    debits
      .map(
        ({ type, amount, libraryId, reference }) =>
          `In Koha, add a manual invoice to the patron's account: type ${type}, ${english.kronor(amount)}, library ${libraryId}, note ${reference}.`,
      )
      .join(' '),
}

/** Why a line could not be written to Koha. */
export const kohaTroubles: Texts<(trouble: KohaTrouble) => string> = {
  sv: (trouble) => {
    if (trouble.kind === 'refused') return `Koha svarade: ${trouble.answer}.`
    if (trouble.kind === 'not-remembered')
      return `Koha har redan en rad med ${trouble.reference} som Kvitt inte minns att ha skickat.`
    return `Koha har ${trouble.lines} rader med ${trouble.reference}, och beloppen är inte de som skickades.`
  },
  en: (trouble) => {
    if (trouble.kind === 'refused') return `Koha answered: ${trouble.answer}.`
    if (trouble.kind === 'not-remembered')
      return `Koha already has a line with ${trouble.reference} that Kvitt does not remember having sent.`
    return `Koha has ${trouble.lines} lines with ${trouble.reference}, with other sums than were sent.`
  },
}

const oddities: Texts<(odd: Oddity) => string> = {
  sv: (odd) => {
    switch (odd.kind) {
      case 'not-paid-any-more':
        return 'Betalbolaget säger inte längre att den är betald.'
      case 'sum-differs':
        return `${odd.refund} är ${swedish.kronor(odd.atProvider)} hos betalbolaget och ${swedish.kronor(odd.here)} här.`
      case 'more-than-listed':
        return `Betalbolaget har betalat tillbaka ${swedish.kronor(odd.refunded)} och redovisar ${swedish.kronor(odd.listed)}.`
      case 'more-than-there-is':
        return `${swedish.kronor(odd.amount)} betalades tillbaka utanför Kvitt, mer än det finns.`
    }
  },
  en: (odd) => {
    switch (odd.kind) {
      case 'not-paid-any-more':
        return 'The payment company does not call it paid any more.'
      case 'sum-differs':
        return `${odd.refund} is ${english.kronor(odd.atProvider)} at the payment company and ${english.kronor(odd.here)} here.`
      case 'more-than-listed':
        return `The payment company has refunded ${english.kronor(odd.refunded)} and lists ${english.kronor(odd.listed)}.`
      case 'more-than-there-is':
        return `${english.kronor(odd.amount)} was refunded outside Kvitt, more than there is.`
    }
  },
}

const failures: Texts<(facts: RefundCases['refund-failed']) => string> = {
  sv: (facts) => {
    const sum = swedish.kronor(facts.amount)
    if (facts.because === 'no-room')
      return `${sum} kunde inte betalas tillbaka: hos betalbolaget kan bara ${swedish.kronor(facts.room)} återbetalas.`
    if (facts.because === 'refused')
      return `${sum} kunde inte betalas tillbaka.${facts.answer ? ` Betalbolaget svarade: ${facts.answer}.` : ''}`
    return `${sum} kom tillbaka från betalarens bank.${facts.inKoha ? ' Ta bort debiteringarna ur Koha igen.' : ''}`
  },
  en: (facts) => {
    const sum = english.kronor(facts.amount)
    if (facts.because === 'no-room')
      return `${sum} could not be refunded: only ${english.kronor(facts.room)} can be refunded at the payment company.`
    if (facts.because === 'refused')
      return `${sum} could not be refunded.${facts.answer ? ` The payment company answered: ${facts.answer}.` : ''}`
    return `${sum} came back from the payer's bank.${facts.inKoha ? ' Take its debits out of Koha again.' : ''}`
  },
}

const undecided: Texts<(facts: RefundCases['refund-undecidable']) => string> = {
  sv: (facts) =>
    'odd' in facts
      ? facts.odd.map(oddities.sv).join(' ')
      : `${swedish.kronor(facts.amount)} skickades, betalbolaget redovisar det inte, och bara ${swedish.kronor(facts.room)} kan återbetalas där.`,
  en: (facts) =>
    'odd' in facts
      ? facts.odd.map(oddities.en).join(' ')
      : `${english.kronor(facts.amount)} was sent, the payment company does not list it, and only ${english.kronor(facts.room)} can be refunded there.`,
}

function notInKoha(language: Language, { debits, trouble }: RefundCases['refund-not-in-koha']): string {
  const why = trouble === null ? '' : kohaTroubles[language](trouble)
  return [why, debitsByHand[language](debits)].filter(Boolean).join(' ')
}

/** The words of the cases about money that goes back. */
export const refundCaseTexts: { [Kind in keyof RefundCases]: KindTexts<RefundCases[Kind]> } = {
  surplus: {
    sv: {
      title: 'Pengar togs för avgifter som hade krympt eller försvunnit. De ska betalas tillbaka.',
      sentence: ({ amount }) => `${swedish.kronor(amount)} ska tillbaka.`,
    },
    en: {
      title: 'Money was taken for fees that had shrunk or gone. It is to be paid back.',
      sentence: ({ amount }) => `${english.kronor(amount)} is to go back.`,
    },
  },
  'refund-undecidable': {
    sv: { title: 'Det går inte att avgöra om en återbetalning är gjord.', sentence: undecided.sv },
    en: { title: 'It cannot be decided whether a refund has been made.', sentence: undecided.en },
  },
  'refund-failed': {
    sv: { title: 'En återbetalning kom inte fram.', sentence: failures.sv },
    en: { title: 'A refund did not arrive.', sentence: failures.en },
  },
  'refund-not-in-koha': {
    sv: {
      title: 'Det återbetalda ska bli en skuld igen i Koha, för hand.',
      sentence: (facts) => notInKoha('sv', facts),
    },
    en: {
      title: 'What is refunded is to be owed again in Koha, by hand.',
      sentence: (facts) => notInKoha('en', facts),
    },
  },
  'refunded-elsewhere': {
    sv: {
      title: 'Pengar har betalats tillbaka utanför Kvitt.',
      sentence: ({ amount, debits }) =>
        `${swedish.kronor(amount)}. Om det ska bli en skuld igen: ${debitsByHand.sv(debits)}`,
    },
    en: {
      title: 'Money was refunded outside Kvitt.',
      sentence: ({ amount, debits }) =>
        `${english.kronor(amount)}. If it is to be owed again: ${debitsByHand.en(debits)}`,
    },
  },
  disputed: {
    sv: {
      title: 'Kortinnehavarens bank har tagit tillbaka pengar.',
      sentence: ({ changes }) =>
        changes
          .map(({ amount }) =>
            amount < 0
              ? `${swedish.kronor(negate(amount))} kom tillbaka efter en tvist.`
              : `Banken har tagit ${swedish.kronor(amount)}.`,
          )
          .join(' '),
    },
    en: {
      title: 'The card holder’s bank has taken money back.',
      sentence: ({ changes }) =>
        changes
          .map(({ amount }) =>
            amount < 0
              ? `${english.kronor(negate(amount))} came back from a dispute.`
              : `The bank has taken ${english.kronor(amount)} back.`,
          )
          .join(' '),
    },
  },
}
