import type { Area } from '../../area.ts'

/** What a borrower owes in Koha, whether it may be paid here, and how it is coded. */
export const debts: Area = { name: 'debts' }
