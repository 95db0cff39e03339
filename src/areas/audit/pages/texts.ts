import { plural, type Texts } from '../../../base/language.ts'

const sv = {
  title: 'Granskningslogg',
  lead: 'Vad personal och systemet har gjort, i ordning. Inget kan ändras eller tas bort utan att det märks.',
  check: 'Pröva hela loggen',
  sound: ({ count }: { count: number }) =>
    plural('sv', count, {
      one: `${count} rad prövad: den är som den skrevs.`,
      other: `${count} rader prövade: alla följer på varandra och är som de skrevs.`,
    }),
  newest:
    'Senaste radens nummer och kontrollsumma. Skriv upp dem på annat håll: då märks det om slutet försvinner.',
  broken: ({ id }: { id: number }) =>
    `Loggen är inte som den skrevs vid rad ${id}. Rör inget, och kontakta driften.`,
  filter: 'Visa',
  reset: 'Rensa',
  all: 'Alla',
  none: 'Inga rader stämmer med filtret.',
  older: 'Äldre',
  first: 'Till de senaste',
  columns: {
    id: 'Nr',
    at: 'När',
    who: 'Vem',
    role: 'Som',
    act: 'Vad',
    subject: 'På vad',
    before: 'Före',
    after: 'Efter',
    reason: 'Varför',
    from: 'Varifrån',
  },
}

const en: typeof sv = {
  title: 'Audit trail',
  lead: 'What staff and the system have done, in order. Nothing can be changed or taken out without it showing.',
  check: 'Check the whole trail',
  sound: ({ count }) =>
    plural('en', count, {
      one: `${count} row checked: it is as it was written.`,
      other: `${count} rows checked: all follow one another and are as they were written.`,
    }),
  newest:
    'Number and checksum of the newest row. Write them down elsewhere: then it shows if the end disappears.',
  broken: ({ id }) =>
    `The trail is not what was written at row ${id}. Touch nothing, and call those who run the service.`,
  filter: 'Show',
  reset: 'Clear',
  all: 'All',
  none: 'No rows match the filter.',
  older: 'Older',
  first: 'To the newest',
  columns: {
    id: 'No.',
    at: 'When',
    who: 'Who',
    role: 'As',
    act: 'What',
    subject: 'To what',
    before: 'Before',
    after: 'After',
    reason: 'Why',
    from: 'From where',
  },
}

export const audit: Texts<typeof sv> = { sv, en }
