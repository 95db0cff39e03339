import type { Area } from '../../area.ts'

/** Attempts to pay some debts, from the first click until Koha has to know of it. */
export const payments: Area = {
  name: 'payments',
  neighbours: ({ context: { providers } }) =>
    providers.all.map((provider) => ({
      metric: provider.name,
      title: provider.title,
      tryOut: () => provider.tryOut(),
    })),
  acts: { 'parked-resolved': { sv: 'Avgjorde ett ärende', en: 'Resolved a case' } },
}
