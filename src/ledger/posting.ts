import type { Ore } from '../money.ts'

/** VAT category as in EN 16931: O outside the scope of VAT, E exempt, S standard rate, Z zero rate. */
export type VatCategory = 'O' | 'E' | 'S' | 'Z'

/** Coding (kontering): the account and the rest of the code string that an amount belongs to. */
export interface Coding {
  account: string
  costCentre: string
  activity: string | null
  project: string | null
  counterparty: string | null
  vat: VatCategory
}

/**
 * Money that moved between two accounts. Balanced by construction: credit the one, debit the other, one amount.
 * `coding` belongs to the income side; the other side is a balance account without a code string.
 */
export interface Posting {
  /** The account that is credited. */
  from: string
  /** The account that is debited. */
  to: string
  /** Öre, always positive: a reversal swaps from and to. */
  amount: Ore
  coding: Coding
  /** What caused it; booked once per cause, kind and part. */
  cause: string
  kind: PostingKind
  part: number
  /** Never a title, a name or a personal number. */
  text: string
}

export type PostingKind = 'paid' | 'surplus'

export interface CodedAmount {
  part: number
  amount: Ore
  coding: Coding
  /** What it is for, in the words of the trade: the debt type. */
  debtType: string
}

/** The entry of a payment: each line's income, against what the payment company now owes us. */
export function paidPostings(reference: string, lines: CodedAmount[], cardReceivable: string): Posting[] {
  return lines.map(({ part, amount, coding, debtType }) => ({
    from: coding.account,
    to: cardReceivable,
    amount,
    coding,
    cause: reference,
    kind: 'paid',
    part,
    text: `${debtType} ${reference}`,
  }))
}

/**
 * The entry of a surplus: money taken for debts that had shrunk before Koha got it. It is no income: it leaves the
 * line's account for the surplus account, until it is refunded.
 */
export function surplusPostings(reference: string, lines: CodedAmount[], surplusAccount: string): Posting[] {
  return lines.map(({ part, amount, coding, debtType }) => ({
    from: surplusAccount,
    to: coding.account,
    amount,
    coding,
    cause: reference,
    kind: 'surplus',
    part,
    text: `${debtType} ${reference}`,
  }))
}
