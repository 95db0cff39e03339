import type { Ore } from '../../base/money.ts'
import type { Coding } from './coding.ts'

/**
 * Money that moved between two accounts. Balanced by construction: credit the one, debit the other, one amount.
 * `coding` belongs to the income side; the other side is a balance account without a code string. Between two balance
 * accounts it says of which income the money is.
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

export type PostingKind =
  | 'paid'
  | 'surplus'
  | 'refunded'
  | 'refund-returned'
  | 'surplus-refunded'
  | 'surplus-refund-returned'
  | 'disputed'
  | 'dispute-returned'

/** On which side of a posting the income account stands, with its code string; null between two balance accounts. */
export const incomeSides: Record<PostingKind, 'from' | 'to' | null> = {
  paid: 'from',
  surplus: 'to',
  refunded: 'to',
  'refund-returned': 'from',
  'surplus-refunded': null,
  'surplus-refund-returned': null,
  disputed: null,
  'dispute-returned': null,
}

export interface CodedAmount {
  part: number
  amount: Ore
  coding: Coding
  /** What it is for, in the words of the trade: the debt type. */
  debtType: string
}

/** Returns the entry of a payment: each line's income, against what the payment company now owes us. */
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
 * Returns the entry of a surplus: money taken for debts that had shrunk before Koha got it. It is no income: it
 * leaves the line's account for the surplus account, until it is refunded.
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

export interface RefundAccounts {
  cardReceivable: string
  surplus: string
}

/** What a refund gives back of a line: of its income, and of its surplus. */
export interface RefundedAmount extends Omit<CodedAmount, 'amount'> {
  income: Ore
  surplus: Ore
}

/**
 * Returns the entry of a refund that is done: with the original coding, back from the income (and from the surplus)
 * to what the payment company owes us, which is now less.
 */
export function refundedPostings(
  cause: string,
  lines: RefundedAmount[],
  accounts: RefundAccounts,
): Posting[] {
  return lines.flatMap((line) => {
    const { part, coding, income, surplus, debtType } = line
    const common = { from: accounts.cardReceivable, coding, cause, part, text: `${debtType} ${cause}` }
    const ofIncome: Posting = { ...common, to: coding.account, amount: income, kind: 'refunded' }
    const ofSurplus: Posting = { ...common, to: accounts.surplus, amount: surplus, kind: 'surplus-refunded' }
    return [ofIncome, ofSurplus].filter(({ amount }) => amount > 0)
  })
}

/** Returns the entry of a refund that came back: the same, the other way round. */
export function refundReturnedPostings(
  cause: string,
  lines: RefundedAmount[],
  accounts: RefundAccounts,
): Posting[] {
  return refundedPostings(cause, lines, accounts).map((posting) => ({
    ...posting,
    from: posting.to,
    to: posting.from,
    kind: posting.kind === 'refunded' ? 'refund-returned' : 'surplus-refund-returned',
  }))
}

/**
 * Returns the entry of a dispute: a payer's bank has taken money back, which may be lost or won. Income is not
 * touched until a person has decided what it was. `returned`: the bank has given it back.
 */
export function disputedPostings(
  cause: string,
  lines: CodedAmount[],
  { cardReceivable, disputed }: { cardReceivable: string; disputed: string },
  returned: boolean,
): Posting[] {
  return lines
    .filter(({ amount }) => amount > 0)
    .map(({ part, amount, coding, debtType }) => ({
      from: returned ? disputed : cardReceivable,
      to: returned ? cardReceivable : disputed,
      amount,
      coding,
      cause,
      kind: returned ? 'dispute-returned' : 'disputed',
      part,
      text: `${debtType} ${cause}`,
    }))
}
