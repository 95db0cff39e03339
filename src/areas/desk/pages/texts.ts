import type { Texts } from '../../../base/language.ts'

const sv = {
  find: {
    title: 'Lånedisk',
    label: 'Kortnummer eller betalningens referens',
    hint: 'Skanna kortet, eller skriv och tryck Enter.',
    button: 'Sök',
    next: 'Nästa låntagare',
    'nothing-typed': () => 'Skanna eller skriv ett kortnummer eller en referens.',
    nobody: ({ typed }: { typed: string }) =>
      `Ingen låntagare har kortet eller betalningen ”${typed}”. Hela numret behövs, precis som i Koha.`,
    'other-library': ({ library }: { library: string }) =>
      `Låntagaren hör till ${library}, och ditt konto visar bara ditt eget biblioteks låntagare.`,
    reader: 'Du läser som revisor. Sök betalningar under Ekonomi; låntagare söks av lånedisken.',
  },
  patron: {
    title: 'Låntagare',
    noName: 'Utan namn i Koha',
    card: 'Kort',
    category: 'Kategori',
    library: 'Hembibliotek',
    expires: 'Kontot gäller till',
    blocked: 'Spärrad i Koha',
    blockedText: 'Varför står i Koha. Att betala häver inte alla spärrar.',
    notBlocked: 'Ingen spärr i Koha',
    silent: 'Koha svarar inte',
    silentText:
      'Vem det är och vad som är skyldigt kan inte visas just nu. Betalningarna här är Kvitts egna.',
  },
  debts: {
    title: 'Avgifter',
    none: 'Inga avgifter att betala.',
    fee: 'Avgift',
    about: 'Avser',
    library: 'Bibliotek',
    date: 'Datum',
    verdict: 'Läge',
    amount: 'Kvar att betala',
    total: 'Summa i Koha',
    payable: ({ sum }: { sum: string }) => `Av det kan ${sum} betalas på nätet nu.`,
    credit: ({ sum }: { sum: string }) => `Har ${sum} till godo i Koha.`,
  },
  payments: {
    title: 'Betalningar',
    none: 'Inga betalningar genom Kvitt.',
    reference: 'Referens',
    state: 'Läge',
    provider: 'Betald',
    koha: 'I Koha',
    books: 'Bokförd',
    amount: 'Belopp',
    receipt: 'Skriv ut kvitto',
    begun: ({ moment }: { moment: string }) => `påbörjad ${moment}`,
    until: ({ moment, time }: { moment: string; time: string }) =>
      `påbörjad ${moment}, kan betalas till ${time}`,
    proof: { done: 'Klart', waiting: 'Väntar', checking: 'Utreds' },
  },
}

const en: typeof sv = {
  find: {
    title: 'Desk',
    label: "Card number or a payment's reference",
    hint: 'Scan the card, or type and press Enter.',
    button: 'Find',
    next: 'Next borrower',
    'nothing-typed': () => 'Scan or type a card number or a reference.',
    nobody: ({ typed }) =>
      `No borrower has the card or the payment “${typed}”. The whole number is needed, exactly as in Koha.`,
    'other-library': ({ library }) =>
      `The borrower belongs to ${library}, and your account shows only the borrowers of your own library.`,
    reader:
      'You read as an auditor. Search for payments under Economy; borrowers are searched for at the desk.',
  },
  patron: {
    title: 'Borrower',
    noName: 'No name in Koha',
    card: 'Card',
    category: 'Category',
    library: 'Home library',
    expires: 'Account valid until',
    blocked: 'Blocked in Koha',
    blockedText: 'Koha says why. Paying does not lift every block.',
    notBlocked: 'No block in Koha',
    silent: 'Koha does not answer',
    silentText: "Who this is and what is owed cannot be shown right now. The payments here are Kvitt's own.",
  },
  debts: {
    title: 'Fees',
    none: 'No fees to pay.',
    fee: 'Fee',
    about: 'For',
    library: 'Library',
    date: 'Date',
    verdict: 'State',
    amount: 'Left to pay',
    total: 'Total in Koha',
    payable: ({ sum }) => `${sum} of it can be paid online now.`,
    credit: ({ sum }) => `Has ${sum} in credit in Koha.`,
  },
  payments: {
    title: 'Payments',
    none: 'No payments through Kvitt.',
    reference: 'Reference',
    state: 'State',
    provider: 'Paid',
    koha: 'In Koha',
    books: 'In the books',
    amount: 'Amount',
    receipt: 'Print receipt',
    begun: ({ moment }) => `begun ${moment}`,
    until: ({ moment, time }) => `begun ${moment}, can be paid until ${time}`,
    proof: { done: 'Done', waiting: 'Waiting', checking: 'Being looked at' },
  },
}

export const desk: Texts<typeof sv> = { sv, en }
