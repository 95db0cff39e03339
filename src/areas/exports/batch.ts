import type { Language } from '../../base/language.ts'
import { nothing, type Ore, ore, sum } from '../../base/money.ts'
import { incomeSides, type PostingKind } from '../ledger/posting.ts'

/** What the postings of one day, kind, pair of accounts and cost centre come to. */
export interface PostingSum {
  /** The day in the books, ISO date. */
  bookDate: string
  kind: PostingKind
  /** The account that is credited, and the one that is debited. */
  from: string
  to: string
  costCentre: string
  postings: number
  amount: Ore
}

/** What is said about a batch beside its rows; the control totals against which the receiver checks it. */
export interface ControlTotals {
  firstDay: string
  lastDay: string
  postings: number
  /** Debit = credit, öre. */
  total: Ore
}

/** The university's names for what stands in the rows. */
export interface Names {
  accounts: Record<string, string>
  /** The parts of the code string in its order. */
  parts: { key: 'costCentre' | 'activity' | 'project' | 'counterparty'; part: string; sieDimension: number }[]
}

/** The university's books are kept in it. */
export const BOOK_LANGUAGE: Language = 'sv'

/** Returns what the university calls an account; its number when it has no name. */
export function nameOf(account: string, names: Names): string {
  return names.accounts[account] ?? account
}

/** Returns undefined when there is nothing to total. */
export function totalsOf(sums: PostingSum[]): ControlTotals | undefined {
  const days = sums.map(({ bookDate }) => bookDate).sort()
  const [firstDay] = days
  const lastDay = days.at(-1)
  if (firstDay === undefined || lastDay === undefined) return undefined
  const postings = sums.reduce((total, one) => total + one.postings, 0)
  return { firstDay, lastDay, postings, total: sum(sums.map(({ amount }) => amount)) }
}

export interface AccountSum {
  account: string
  accountName: string
  costCentre: string | null
  debit: Ore
  credit: Ore
}

/** Returns what a batch comes to for each account and cost centre: the control list that the economy office signs. */
export function accountSums(sums: PostingSum[], names: Names): AccountSum[] {
  const found = new Map<string, AccountSum>()
  const add = (account: string, costCentre: string | null, side: 'debit' | 'credit', amount: Ore): void => {
    const key = `${account} ${costCentre ?? ''}`
    const held = found.get(key) ?? {
      account,
      accountName: nameOf(account, names),
      costCentre,
      debit: nothing,
      credit: nothing,
    }
    found.set(key, { ...held, [side]: ore(held[side] + amount) })
  }
  for (const { kind, from, to, amount, costCentre } of sums) {
    add(to, incomeSides[kind] === 'to' ? costCentre : null, 'debit', amount)
    add(from, incomeSides[kind] === 'from' ? costCentre : null, 'credit', amount)
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

/** Returns "KVITT_000123_2026-11-20": sorts by itself and never comes twice. */
export function batchFileName(series: string, number: number, madeOn: string): string {
  return `${series}_${String(number).padStart(6, '0')}_${madeOn}`
}
