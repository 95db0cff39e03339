import type { Ore } from '../../base/money.ts'
import type { KohaTrouble } from '../refunds/case-facts.ts'

/** How Koha's account differs from what a credit was to do. Sums in öre. */
export type Difference =
  | { kind: 'unused'; amount: Ore }
  | { kind: 'debit'; debitId: number; left: Ore; expected: Ore }

/** Why a paid payment's registration waits for a person, and what each such case knows. */
export interface CreditCases {
  'koha-undecidable': KohaTrouble
  'koha-refuses': KohaTrouble
  'koha-differs': { odd: Difference[] }
}
