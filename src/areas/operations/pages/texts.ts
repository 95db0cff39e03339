import { plural, type Texts } from '../../../base/language.ts'

const sv = {
  title: 'Driftläge',
  closed: 'Nya betalningar är stängda',
  closedText: 'payments.open är false. Avgifter visas, och sidan säger att de inte kan betalas här just nu.',
  neighbours: {
    title: 'Grannar',
    text: ({ moment }: { moment: string }) =>
      `Vad den här processen själv har sett sedan den startade ${moment}.`,
    name: 'Granne',
    state: 'Läge',
    lastOk: 'Senaste svar',
    lastTrouble: 'Senaste bekymmer',
    never: 'Inget än',
    states: { ok: 'Svarar', trouble: 'Svarar inte som den ska', 'not-asked': 'Inte frågad än' },
  },
  remaining: {
    title: 'Kvar att göra',
    oldest: ({ age }: { age: string }) => `äldst ${age}`,
    seconds: ({ count }: { count: number }) => `${count} s`,
    minutes: ({ count }: { count: number }) => `${count} min`,
    hours: ({ count }: { count: number }) => `${count} h`,
    days: ({ count }: { count: number }) =>
      plural('sv', count, { one: `${count} dygn`, other: `${count} dygn` }),
    nothing: 'inget väntar',
    goesOn: 'går av sig självt',
    byHand: 'görs för hand under Ekonomi',
  },
  cases: {
    title: 'Att utreda',
    none: 'Inget väntar på en människa.',
    reference: 'Betalning',
    what: 'Vad',
    since: 'Sedan',
    trouble: 'Senaste besked',
    amount: 'Belopp',
  },
  retried: {
    title: 'Försöks igen mot Koha',
    text: 'Pengarna är dragna och bokförda. Kvitt försöker igen av sig självt tills Koha tar emot.',
    tries: 'Försök',
  },
  versions: {
    title: 'Versioner',
    kvitt: 'Kvitt',
    node: 'Node',
    database: 'PostgreSQL',
    schema: 'Senaste migrering',
    begunAt: 'Startad',
  },
  settings: {
    title: 'Inställningar som gäller',
    text: 'Hemligheter visas inte. Ändras i kvitt.yaml eller miljön, och gäller efter omstart.',
    name: 'Inställning',
    value: 'Värde',
  },
}

const en: typeof sv = {
  title: 'State of operations',
  closed: 'New payments are closed',
  closedText:
    'payments.open is false. Fees are shown, and the page says that they cannot be paid here right now.',
  neighbours: {
    title: 'Neighbours',
    text: ({ moment }) => `What this process has seen itself since it was started on ${moment}.`,
    name: 'Neighbour',
    state: 'State',
    lastOk: 'Last answer',
    lastTrouble: 'Last trouble',
    never: 'None yet',
    states: { ok: 'Answers', trouble: 'Does not answer as it should', 'not-asked': 'Not asked yet' },
  },
  remaining: {
    title: 'Left to do',
    oldest: ({ age }) => `oldest ${age}`,
    seconds: ({ count }) => `${count} s`,
    minutes: ({ count }) => `${count} min`,
    hours: ({ count }) => `${count} h`,
    days: ({ count }) => plural('en', count, { one: `${count} day`, other: `${count} days` }),
    nothing: 'nothing waits',
    goesOn: 'goes on by itself',
    byHand: 'made by hand under Economy',
  },
  cases: {
    title: 'To be looked into',
    none: 'Nothing waits for a person.',
    reference: 'Payment',
    what: 'What',
    since: 'Since',
    trouble: 'Last answer',
    amount: 'Amount',
  },
  retried: {
    title: 'Being tried again with Koha',
    text: 'The money is taken and in the books. Kvitt tries again by itself until Koha accepts.',
    tries: 'Tries',
  },
  versions: {
    title: 'Versions',
    kvitt: 'Kvitt',
    node: 'Node',
    database: 'PostgreSQL',
    schema: 'Latest migration',
    begunAt: 'Started',
  },
  settings: {
    title: 'Settings in force',
    text: 'Secrets are not shown. Changed in kvitt.yaml or the environment, and in force after a restart.',
    name: 'Setting',
    value: 'Value',
  },
}

export const operations: Texts<typeof sv> = { sv, en }
