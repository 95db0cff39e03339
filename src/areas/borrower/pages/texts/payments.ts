import type { Texts } from '../../../../base/language.ts'

const sv = {
  title: 'Mina betalningar',
  none: 'Du har inte betalat något här än.',
  open: ({ reference }: { reference: string }) => `Visa betalning ${reference}`,
  onlyLatest: ({ count }: { count: number }) =>
    `Här visas de senaste ${count} betalningarna. Fråga biblioteket om äldre.`,
  givenBack: ({ sum }: { sum: string }) => `${sum} återbetalt`,
  why: {
    expired: 'Tiden gick ut',
    failed: 'Kunde inte startas',
  },
}

const en: typeof sv = {
  title: 'My payments',
  none: 'You have not paid anything here yet.',
  open: ({ reference }) => `Show payment ${reference}`,
  onlyLatest: ({ count }) => `These are the latest ${count} payments. Ask the library about older ones.`,
  givenBack: ({ sum }) => `${sum} paid back`,
  why: {
    expired: 'Time ran out',
    failed: 'Could not be started',
  },
}

export const payments: Texts<typeof sv> = { sv, en }
