import type { Texts } from '../../../../base/language.ts'

const sv = {
  title: 'Kontrollera och betala',
  lines: 'Du betalar',
  sum: 'Summa',
  change: 'Ändra vad du betalar',
  receiptTo: 'Vart ska vi skicka kvittot?',
  receiptHint: 'E-postadress. Frivilligt: du hittar alltid kvittot under Mina betalningar.',
  receiptFault: 'Skriv en e-postadress, som namn@exempel.se, eller lämna fältet tomt.',
  receiver: 'Betalningsmottagare',
  organisation: 'Organisationsnummer',
  method: 'Betalsätt',
  methodText: ({ company }: { company: string }) => `På nästa sida, hos ${company}`,
  whatIsSent: ({ company }: { company: string }) => `Vad får ${company} veta?`,
  whatIsSentText:
    'Summan, vilka slags avgifter det är och en referens. Ditt namn, din e-postadress och vad du har lånat skickas inte.',
  pay: ({ sum }: { sum: string }) => `Betala ${sum}`,
  terms: ({ company }: { company: string }) => `Pengarna dras först när du har godkänt hos ${company}. Läs`,
  termsLink: 'villkoren',
  changed: ({ shown, now }: { shown: string; now: string }) =>
    `Beloppet har ändrats från ${shown} till ${now} sedan sidan öppnades. Inga pengar har dragits. Kontrollera innan du betalar.`,
}

const en: typeof sv = {
  title: 'Check and pay',
  lines: 'You are paying',
  sum: 'Total',
  change: 'Change what you pay',
  receiptTo: 'Where shall we send the receipt?',
  receiptHint: 'E-mail address. Optional: you always find the receipt under My payments.',
  receiptFault: 'Write an e-mail address, such as name@example.com, or leave the field empty.',
  receiver: 'Receiver',
  organisation: 'Organisation number',
  method: 'Payment method',
  methodText: ({ company }) => `On the next page, at ${company}`,
  whatIsSent: ({ company }) => `What is ${company} told?`,
  whatIsSentText:
    'The sum, what kinds of fees they are, and a reference. Your name, your e-mail address and what you have borrowed are not sent.',
  pay: ({ sum }) => `Pay ${sum}`,
  terms: ({ company }) => `Money is taken only when you have approved it at ${company}. Read`,
  termsLink: 'the terms',
  changed: ({ shown, now }) =>
    `The amount has changed from ${shown} to ${now} since the page was opened. No money has been taken. Please check before you pay.`,
}

export const check: Texts<typeof sv> = { sv, en }
