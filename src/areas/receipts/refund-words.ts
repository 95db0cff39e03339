import type { Texts } from '../../base/language.ts'

const sv = {
  title: 'Återbetalning',
  subject: ({ reference, library }: { reference: string; library: string }) =>
    `Återbetalning ${reference} från ${library}`,
  greeting: ({ sum, library }: { sum: string; library: string }) =>
    `${library} har betalat tillbaka ${sum} till dig.`,
  when: ({ method }: { method: string }) =>
    `Pengarna går tillbaka samma väg som du betalade (${method}). Det kan ta upp till tio bankdagar innan de syns hos din bank.`,
  surplus: 'Avgiften hade minskat eller försvunnit när din betalning registrerades, så pengarna är dina.',
  owedAgain: 'Avgiften finns kvar att betala på ditt bibliotekskonto.',
  refund: 'Återbetalning',
  payment: 'Betalning',
  paid: 'Du betalade',
  givenBack: 'Återbetalt',
  to: 'Till',
  payer: 'Från',
  organisationNumber: 'org.nr',
  receipt: 'Kvittot på betalningen, med återbetalningen, finns här:',
  questions: 'Frågor om avgifter',
}

const en: typeof sv = {
  title: 'Refund',
  subject: ({ reference, library }) => `Refund ${reference} from ${library}`,
  greeting: ({ sum, library }) => `${library} has paid ${sum} back to you.`,
  when: ({ method }) =>
    `The money goes back the way you paid (${method}). It may take up to ten bank days before your bank shows it.`,
  surplus: 'The fee had shrunk or gone when your payment was registered, so the money is yours.',
  owedAgain: 'The fee is again to be paid on your library account.',
  refund: 'Refund',
  payment: 'Payment',
  paid: 'You paid',
  givenBack: 'Paid back',
  to: 'To',
  payer: 'From',
  organisationNumber: 'org. no.',
  receipt: 'The receipt for the payment, with the refund, is here:',
  questions: 'Questions about fees',
}

/** The words of a letter about a refund. */
export const refundWords: Texts<typeof sv> = { sv, en }
