import type { Ore } from '../../base/money.ts'

/** A sum that the provider named, and the one that was asked for. Sums in öre, currencies as ISO 4217 names them. */
interface OtherSum {
  /** Whether the money is taken, or held to be taken. */
  said: 'charged' | 'reserved'
  amount: Ore
  currency: string
  expected: Ore
  expectedCurrency: string
}

/** Why an unpaid payment waits for a person, and what each such case knows. */
export interface UnpaidCases {
  'amount-differs': OtherSum
  'currency-differs': OtherSum
  /** The provider says that it knows no such checkout. */
  'checkout-unknown': object
}
