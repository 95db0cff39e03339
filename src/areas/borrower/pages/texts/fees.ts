import { plural, type Texts } from '../../../../base/language.ts'

const sv = {
  title: 'Dina avgifter',
  total: 'Summa att betala',
  payableHere: ({ sum }: { sum: string }) => `Av det kan ${sum} betalas här nu.`,
  nothingPayable: 'Inget av det kan betalas här just nu. Varför står vid varje avgift.',
  none: {
    title: 'Du är kvitt',
    text: 'Du har inga avgifter att betala.',
    back: 'Till Mina sidor',
    latest: 'Senaste betalningar',
  },
  choose: 'Välj vad du vill betala',
  notHere: 'Kan inte betalas här nu',
  registering: 'Betalt, och på väg till Koha',
  selectAll: 'Välj alla',
  payable: 'Kan betalas här',
  chosen: 'Valt att betala',
  count: ({ count }: { count: number }) =>
    plural('sv', count, { one: `${count} avgift`, other: `${count} avgifter` }),
  paySum: ({ sum }: { sum: string }) => `Betala ${sum}`,
  payChosen: 'Betala valda avgifter',
  partLeft: ({ sum }: { sum: string }) => `kvar av ${sum}`,
  noLibrary: 'Övriga avgifter',
  lost: ({ sum }: { sum: string }) => `Återlämna boken så försvinner ${sum}.`,
  credit: ({ sum }: { sum: string }) =>
    `Du har ${sum} till godo hos biblioteket. Det dras inte av här. Fråga i lånedisken hur du använder det.`,
  what: 'Vad är det här för avgifter?',
  whatText:
    'En förseningsavgift gäller böcker som lämnades för sent. En ersättningsavgift gäller böcker som inte har lämnats alls, och den försvinner om boken kommer tillbaka. Arbetskostnaden är bibliotekets arbete med ärendet och blir kvar.',
  nextStep: 'Du kontrollerar allt på nästa sida innan du betalar.',
  minimum: ({ minimum }: { minimum: string }) =>
    `Minsta belopp är ${minimum}, så den här summan kan inte betalas på nätet.`,
  closed: {
    title: 'Betalning på nätet är stängd just nu',
    text: 'Du kan se dina avgifter men inte betala dem här. Inga pengar har dragits. Försök igen senare, eller betala i lånedisken.',
  },
  because: {
    'still-growing':
      'Kan inte betalas än. Boken är fortfarande utlånad och avgiften växer tills den är återlämnad.',
    'handled-elsewhere':
      'Betalas inte här. Avgiften är fakturerad eller hanteras av biblioteket på annat sätt.',
    'in-payment': 'Ingår i en betalning som inte är klar.',
    'paid-not-registered': 'Betald. Den registreras automatiskt i bibliotekets system. Betala inte igen.',
    'no-coding': 'Kan inte betalas på nätet. Kontakta biblioteket.',
  },
  seePayment: 'Visa betalningen',
  blocked: {
    title: 'Du kan inte låna just nu',
    withFees:
      'Ditt bibliotekskonto är spärrat. Beror det på avgifterna tas spärren oftast bort när de är betalda. Beror det på försenade böcker, eller är den lagd av personalen, ligger den kvar.',
    withNone:
      'Du har inga avgifter kvar, men ditt bibliotekskonto är ändå spärrat. Det beror oftast på böcker som är försenade eller på en spärr som personalen har lagt. Kontakta biblioteket så reder vi ut det.',
  },
  open: {
    title: 'Du har en betalning som inte är klar',
    text: ({ moment, sum }: { moment: string; sum: string }) =>
      `Du påbörjade den ${moment}. Den gäller ${sum} och är inte betald så vitt vi vet.`,
    continue: 'Fortsätt betala',
    cancel: 'Avbryt den',
    starting: 'Betalningen håller på att startas.',
  },
  checking: {
    title: 'Vi kontrollerar en betalning',
    text: ({ sum }: { sum: string }) => `Den gäller ${sum}. Betala inte igen.`,
  },
  latest: {
    title: ({ sum }: { sum: string }) => `Din betalning på ${sum} är klar`,
    text: ({ moment }: { moment: string }) => `Betald ${moment}.`,
    receipt: 'Visa kvittot',
  },
  refusal: {
    'nothing-chosen': 'Välj minst en avgift att betala.',
    'too-many': ({ count }: { count: number }) =>
      plural('sv', count, {
        one: `Du kan betala högst ${count} avgift åt gången. Välj färre.`,
        other: `Du kan betala högst ${count} avgifter åt gången. Välj färre.`,
      }),
    'below-minimum': ({ minimum, sum }: { minimum: string; sum: string }) =>
      `Minsta belopp är ${minimum}. Du har valt ${sum}. Välj fler avgifter, om du har.`,
    'not-payable':
      'Dina avgifter har ändrats sedan sidan öppnades. Inga pengar har dragits. Här är avgifterna som de är nu: välj igen.',
    held: 'En av avgifterna ingår redan i en betalning som inte är klar. Inga pengar har dragits nu. Fortsätt den betalningen eller avbryt den.',
    'already-paid': ({ moment }: { moment: string }) =>
      `En av avgifterna är redan betald, ${moment}. Inga pengar har dragits nu. Den registreras automatiskt i bibliotekets system.`,
    closed: 'Betalning på nätet är stängd just nu. Inga pengar har dragits och dina avgifter är kvar.',
    'provider-silent':
      'Betalbolaget svarar inte just nu. Inga pengar har dragits och dina avgifter är kvar. Försök igen om en stund, eller betala i lånedisken.',
  },
}

const en: typeof sv = {
  title: 'Your fees',
  total: 'Total to pay',
  payableHere: ({ sum }) => `Of this, ${sum} can be paid here now.`,
  nothingPayable: 'None of it can be paid here right now. Each fee says why.',
  none: {
    title: 'You owe nothing',
    text: 'You have nothing to pay.',
    back: 'To my account',
    latest: 'Latest payments',
  },
  choose: 'Choose what to pay',
  notHere: 'Cannot be paid here now',
  registering: 'Paid, and on its way to Koha',
  selectAll: 'Select all',
  payable: 'Can be paid here',
  chosen: 'Chosen to pay',
  count: ({ count }) => plural('en', count, { one: `${count} fee`, other: `${count} fees` }),
  paySum: ({ sum }) => `Pay ${sum}`,
  payChosen: 'Pay selected fees',
  partLeft: ({ sum }) => `left of ${sum}`,
  noLibrary: 'Other fees',
  lost: ({ sum }) => `Return the book and ${sum} goes away.`,
  credit: ({ sum }) => `The library owes you ${sum}. It is not deducted here. Ask at the desk how to use it.`,
  what: 'What are these fees?',
  whatText:
    'An overdue fee is for books that came back late. A replacement fee is for books that have not come back at all, and it goes away if the book is returned. The processing fee is for the library’s work with the case, and stays.',
  nextStep: 'You check everything on the next page before you pay.',
  minimum: ({ minimum }) => `The minimum is ${minimum}, so this sum cannot be paid online.`,
  closed: {
    title: 'Online payment is closed right now',
    text: 'You can see your fees but not pay them here. No money has been taken. Try again later, or pay at the desk.',
  },
  because: {
    'still-growing': 'Cannot be paid yet. The book is still on loan, and the fee grows until it is returned.',
    'handled-elsewhere':
      'Not paid here. The fee has been invoiced or is handled by the library in another way.',
    'in-payment': 'Part of a payment that is not finished.',
    'paid-not-registered': 'Paid. It is registered in the library’s system automatically. Do not pay again.',
    'no-coding': 'Cannot be paid online. Contact the library.',
  },
  seePayment: 'Show the payment',
  blocked: {
    title: 'You cannot borrow right now',
    withFees:
      'Your library account is blocked. If that is because of the fees, the block is usually lifted when they are paid. If it is for overdue books, or placed by staff, it remains.',
    withNone:
      'You have no fees left, but your library account is blocked all the same. The reason is usually overdue books or a block that staff have placed. Contact the library and we will sort it out.',
  },
  open: {
    title: 'You have a payment that is not finished',
    text: ({ moment, sum }) =>
      `You started it on ${moment}. It is for ${sum} and, as far as we know, not paid.`,
    continue: 'Continue paying',
    cancel: 'Cancel it',
    starting: 'The payment is being started.',
  },
  checking: {
    title: 'We are checking a payment',
    text: ({ sum }) => `It is for ${sum}. Do not pay again.`,
  },
  latest: {
    title: ({ sum }) => `Your payment of ${sum} is complete`,
    text: ({ moment }) => `Paid on ${moment}.`,
    receipt: 'Show the receipt',
  },
  refusal: {
    'nothing-chosen': 'Choose at least one fee to pay.',
    'too-many': ({ count }) =>
      plural('en', count, {
        one: `You can pay at most ${count} fee at a time. Choose fewer.`,
        other: `You can pay at most ${count} fees at a time. Choose fewer.`,
      }),
    'below-minimum': ({ minimum, sum }) =>
      `The minimum is ${minimum}. You have chosen ${sum}. Choose more fees, if you have any.`,
    'not-payable':
      'Your fees have changed since the page was opened. No money has been taken. These are the fees as they are now: please choose again.',
    held: 'One of the fees is already part of a payment that is not finished. No money has been taken now. Continue that payment or cancel it.',
    'already-paid': ({ moment }) =>
      `One of the fees has already been paid, on ${moment}. No money has been taken now. It is registered in the library’s system automatically.`,
    closed: 'Online payment is closed right now. No money has been taken, and your fees remain.',
    'provider-silent':
      'The payment company does not answer right now. No money has been taken, and your fees remain. Try again in a while, or pay at the desk.',
  },
}

export const fees: Texts<typeof sv> = { sv, en }
