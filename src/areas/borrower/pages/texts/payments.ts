const sv = {
  title: 'Mina betalningar',
  none: 'Du har inte betalat något här än.',
  open: 'Visa betalning {{reference}}',
  onlyLatest: 'Här visas de senaste {{count}} betalningarna. Fråga biblioteket om äldre.',
  givenBack: '{{sum}} återbetalt',
  why: {
    expired: 'Tiden gick ut',
    failed: 'Kunde inte startas',
  },
}

const en: typeof sv = {
  title: 'My payments',
  none: 'You have not paid anything here yet.',
  open: 'Show payment {{reference}}',
  onlyLatest: 'These are the latest {{count}} payments. Ask the library about older ones.',
  givenBack: '{{sum}} paid back',
  why: {
    expired: 'Time ran out',
    failed: 'Could not be started',
  },
}

export const payments = { sv, en }
