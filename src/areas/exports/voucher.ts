import { negate, type Ore, ore, sum } from '../../base/money.ts'
import type { CodeValue, VoucherPart, VoucherRow } from '../../outside/ports/economy.ts'
import type { Coding } from '../ledger/coding.ts'
import { incomeSides, type Posting } from '../ledger/posting.ts'
import { postingWords } from '../ledger/posting-words.ts'
import { BOOK_LANGUAGE, type Names, nameOf, type PostingSum } from './batch.ts'

/** A posting with the day in the books that it belongs to, ISO date. */
export interface DatedPosting extends Posting {
  bookDate: string
}

/** A voucher without its income rows: one for each day and kind. */
export interface Voucher {
  /** ISO date. */
  date: string
  text: string
  /** The balance accounts get one summed row each. */
  balance: VoucherRow[]
  /** All its rows: of the balance accounts, and one for each posting on an income account. */
  rows: number
  /** Debit = credit, öre. */
  total: Ore
}

type DayAndKind = Pick<DatedPosting, 'bookDate' | 'kind'>

/** By which vouchers are told apart, and in which order they stand. */
export function voucherKey({ bookDate, kind }: DayAndKind): string {
  return `${bookDate} ${kind}`
}

/** Returns the vouchers of what some postings come to, in order, by their keys. */
export function vouchersOf(sums: PostingSum[], names: Names): Map<string, Voucher> {
  const groups = [...Map.groupBy(sums, voucherKey)].sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(groups.map(([key, group]) => [key, voucherOf(group, names)]))
}

function voucherOf(sums: PostingSum[], names: Names): Voucher {
  const [{ bookDate, kind }] = sums as [PostingSum]
  const text = `${postingWords[BOOK_LANGUAGE][kind]} ${bookDate}`
  const balance = balanceRows(sums, names, text)
  const side = incomeSides[kind]
  const postings = sums.reduce((total, one) => total + one.postings, 0)
  const debits = balance.map(({ amount }) => amount).filter((amount) => amount > 0)
  const income = side === 'to' ? sums.map(({ amount }) => amount) : []
  return {
    date: bookDate,
    text,
    balance,
    rows: balance.length + (side === null ? 0 : postings),
    total: sum([...debits, ...income]),
  }
}

function balanceRows(sums: PostingSum[], names: Names, text: string): VoucherRow[] {
  const sides = sums.flatMap(({ kind, from, to, amount, postings }) => {
    const debit = { account: to, amount, postings }
    const credit = { account: from, amount: negate(amount), postings }
    const side = incomeSides[kind]
    return side === null ? [credit, debit] : [side === 'to' ? credit : debit]
  })
  return [...Map.groupBy(sides, ({ account }) => account)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, some]) => ({
      account,
      accountName: nameOf(account, names),
      amount: sum(some.map(({ amount }) => amount)),
      code: [],
      vat: null,
      text: `${text}, ${some.reduce((total, { postings }) => total + postings, 0)} rader`,
      reference: null,
    }))
}

/**
 * Returns the parts of vouchers that some postings are, which come ordered by day and kind. `before` is the last posting
 * that came before them: the first of a voucher brings its balance rows. The income side keeps a row for each posting, so
 * that every row leads to its payment.
 */
export function voucherParts(
  postings: DatedPosting[],
  before: DayAndKind | undefined,
  vouchers: Map<string, Voucher>,
  names: Names,
): VoucherPart[] {
  const last = before && voucherKey(before)
  return [...Map.groupBy(postings, voucherKey)].map(([key, some]) => {
    const voucher = vouchers.get(key)
    if (!voucher) throw new Error(`No sums of ${key}`)
    const begins = key !== last
    const income = some.flatMap((posting) => incomeRow(posting, names))
    const rows = begins ? [...voucher.balance, ...income] : income
    return { begins, date: voucher.date, text: voucher.text, rows }
  })
}

function incomeRow({ kind, to, amount, coding, text, cause }: DatedPosting, names: Names): VoucherRow[] {
  if (incomeSides[kind] === null) return []
  const row = {
    account: coding.account,
    accountName: nameOf(coding.account, names),
    amount: ore(to === coding.account ? amount : -amount),
    code: codeOf(coding, names),
    vat: coding.vat,
    text,
    reference: cause,
  }
  return [row]
}

function codeOf(coding: Coding, { parts }: Names): CodeValue[] {
  return parts.flatMap(({ key, part, sieDimension }) => {
    const value = coding[key]
    return value === null ? [] : [{ part, sieDimension, value }]
  })
}
