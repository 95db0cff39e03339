import type { Texts } from '../../../../base/language.ts'

const sv = {
  title: 'Betala biblioteksavgifter',
  lead: ({ library }: { library: string }) =>
    `Se vad du är skyldig ${library}, betala med kort och bli kvitt på en gång.`,
  signIn: 'Logga in',
  signInHint: 'Du loggar in med ditt universitetskonto.',
  steps: {
    title: 'Så går det till',
    choose: 'Välj',
    chooseText: () => 'Du ser varje avgift, vad den gäller och vad som kan betalas här.',
    pay: 'Betala',
    payText: ({ company }: { company: string }) =>
      `Du betalar hos ${company}. Vad du har lånat stannar på biblioteket.`,
    quits: 'Kvitt',
    quitsText: () => 'Avgiften försvinner ur Koha av sig själv, och du får ett kvitto.',
  },
}

const en: typeof sv = {
  title: 'Pay library fees',
  lead: ({ library }) => `See what you owe ${library}, pay by card and be quits at once.`,
  signIn: 'Sign in',
  signInHint: 'You sign in with your university account.',
  steps: {
    title: 'How it works',
    choose: 'Choose',
    chooseText: () => 'You see each fee, what it is for, and what can be paid here.',
    pay: 'Pay',
    payText: ({ company }) => `You pay at ${company}. What you have borrowed stays at the library.`,
    quits: 'Quits',
    quitsText: () => 'The fee disappears from Koha by itself, and you get a receipt.',
  },
}

export const welcome: Texts<typeof sv> = { sv, en }
