import type { Area } from '../../area.ts'

/** What a borrower owes in Koha, whether it may be paid here, and how it is coded. */
export const debts: Area = {
  name: 'debts',
  neighbours: ({ context: { koha } }) => [{ metric: 'koha', title: 'Koha', tryOut: () => koha.tryOut() }],
}
