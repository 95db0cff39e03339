import { inEachLanguage, plural, type Texts } from '../../../../base/language.ts'
import { payment } from './payment.ts'
import { refunds } from './refunds.ts'

const sv = {
  tabs: {
    label: 'Ekonomi',
    today: 'Idag',
    payments: 'Betalningar',
    parked: 'Att avgöra',
    batches: 'Bokföringsordrar',
  },
  today: {
    title: 'Ekonomi idag',
    paid: 'Inbetalt idag',
    paidMonth: 'Inbetalt i månaden',
    koha: 'Väntar på Koha',
    parked: 'Att utreda',
    waiting: 'Inte exporterat',
    payments: ({ count }: { count: number }) =>
      plural('sv', count, { one: `${count} betalning`, other: `${count} betalningar` }),
    postings: ({ count }: { count: number }) =>
      plural('sv', count, { one: `${count} bokning`, other: `${count} bokningar` }),
    lastBatch: 'Senaste bokföringsorder',
    lastBatchText: ({
      series,
      number,
      moment,
      by,
      sum,
    }: {
      series: string
      number: number
      moment: string
      by: string
      sum: string
    }) => `${series} ${number} gjordes ${moment} av ${by}: ${sum}.`,
    noBatch: 'Ingen bokföringsorder har gjorts än.',
    how: 'Så räknas det',
    howPaid: 'Inbetalt räknas den dag då pengarna drogs, enligt betalbolagets klocka, svensk tid.',
    howKoha:
      'Väntar på Koha: pengarna är dragna men krediten är inte registrerad i Koha än. Det sker av sig självt.',
    howParked:
      'Att utreda: något stämmer inte och en människa måste avgöra. Pengarna är bokförda om de är dragna.',
    howExport: 'Inte exporterat: bokfört här, men inte i någon bokföringsorder till ekonomisystemet än.',
  },
  payments: {
    title: 'Betalningar',
    reference: 'Referens',
    referenceHint: 'Hela eller början',
    state: 'Läge',
    all: 'Alla',
    from: 'Från',
    to: 'Till och med',
    filter: 'Visa',
    reset: 'Rensa',
    presets: 'Perioder',
    today: 'Idag',
    yesterday: 'Igår',
    thisMonth: 'Den här månaden',
    lastMonth: 'Förra månaden',
    year: '12 månader',
    count: ({ count, sum }: { count: number; sum: string }) =>
      plural('sv', count, { one: `${count} betalning, ${sum}`, other: `${count} betalningar, ${sum}` }),
    ofWhich: ({ count, sum }: { count: number; sum: string }) => `varav ${count} betalda, ${sum}`,
    none: 'Inga betalningar stämmer med filtret.',
    file: 'Hämta som CSV',
    tooMany: ({ most }: { most: number }) =>
      `CSV kan hämtas för högst ${most} betalningar åt gången. Välj en kortare period.`,
    older: 'Äldre betalningar',
    newest: 'Till de senaste',
    perPage: 'Antal per sida:',
    faultFrom: 'Skriv från-datum som ÅÅÅÅ-MM-DD.',
    faultTo: 'Skriv till-datum som ÅÅÅÅ-MM-DD.',
    faultOrder: 'Till-datum är före från-datum.',
    faultState: 'Läget finns inte.',
    faultReference: 'En referens har bara bokstäver, siffror och bindestreck.',
    columns: {
      reference: 'Referens',
      day: 'Dag',
      method: 'Betalsätt',
      state: 'Läge',
      batch: 'Bokföringsorder',
      amount: 'Belopp',
      provider: 'Betalbolag',
      checkout: 'Betalbolagets id',
      charge: 'Transaktion',
      koha: 'I Koha',
    },
  },
  states: {
    paid: 'Betald',
    'under-way': 'Pågår',
    created: 'Påbörjad',
    open: 'Pågår',
    declined: 'Nekad',
    cancelled: 'Avbruten',
    expired: 'Tiden gick ut',
    failed: 'Kunde inte startas',
    koha: 'Väntar på Koha',
    parked: 'Att utreda',
    unexported: 'Inte exporterad',
  },
}

const en: typeof sv = {
  tabs: {
    label: 'Economy',
    today: 'Today',
    payments: 'Payments',
    parked: 'To decide',
    batches: 'Batches',
  },
  today: {
    title: 'Economy today',
    paid: 'Paid today',
    paidMonth: 'Paid this month',
    koha: 'Waiting for Koha',
    parked: 'To look into',
    waiting: 'Not exported',
    payments: ({ count }) => plural('en', count, { one: `${count} payment`, other: `${count} payments` }),
    postings: ({ count }) => plural('en', count, { one: `${count} posting`, other: `${count} postings` }),
    lastBatch: 'Last batch',
    lastBatchText: ({ series, number, moment, by, sum }) =>
      `${series} ${number} was made ${moment} by ${by}: ${sum}.`,
    noBatch: 'No batch has been made yet.',
    how: 'How it is counted',
    howPaid: 'Paid counts on the day the money was taken, by the payment company’s clock, Swedish time.',
    howKoha:
      'Waiting for Koha: the money is taken but the credit is not registered in Koha yet. It happens by itself.',
    howParked:
      'To look into: something does not agree and a person must decide. Money that is taken is booked.',
    howExport: 'Not exported: booked here, but in no batch to the economy system yet.',
  },
  payments: {
    title: 'Payments',
    reference: 'Reference',
    referenceHint: 'All of it or the beginning',
    state: 'State',
    all: 'All',
    from: 'From',
    to: 'To and including',
    filter: 'Show',
    reset: 'Clear',
    presets: 'Periods',
    today: 'Today',
    yesterday: 'Yesterday',
    thisMonth: 'This month',
    lastMonth: 'Last month',
    year: '12 months',
    count: ({ count, sum }) =>
      plural('en', count, { one: `${count} payment, ${sum}`, other: `${count} payments, ${sum}` }),
    ofWhich: ({ count, sum }) => `of which ${count} paid, ${sum}`,
    none: 'No payments match the filter.',
    file: 'Download as CSV',
    tooMany: ({ most }) =>
      `CSV can be downloaded for at most ${most} payments at a time. Choose a shorter period.`,
    older: 'Older payments',
    newest: 'To the latest',
    perPage: 'Per page:',
    faultFrom: 'Write the from date as YYYY-MM-DD.',
    faultTo: 'Write the to date as YYYY-MM-DD.',
    faultOrder: 'The to date is before the from date.',
    faultState: 'There is no such state.',
    faultReference: 'A reference has only letters, digits and hyphens.',
    columns: {
      reference: 'Reference',
      day: 'Day',
      method: 'Method',
      state: 'State',
      batch: 'Batch',
      amount: 'Amount',
      provider: 'Payment company',
      checkout: 'Their id',
      charge: 'Transaction',
      koha: 'In Koha',
    },
  },
  states: {
    paid: 'Paid',
    'under-way': 'In progress',
    created: 'Begun',
    open: 'In progress',
    declined: 'Declined',
    cancelled: 'Cancelled',
    expired: 'Time ran out',
    failed: 'Could not be started',
    koha: 'Waiting for Koha',
    parked: 'To look into',
    unexported: 'Not exported',
  },
}

const pages: Texts<typeof sv> = { sv, en }

/** The words of the economy office. */
export const economy = inEachLanguage((language) => ({
  ...pages[language],
  ...payment[language],
  ...refunds[language],
}))
