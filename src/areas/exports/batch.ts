import { negate, nothing, type Ore, ore, sum } from '../../base/money.ts'
import type { CodeValue, Voucher, VoucherRow } from '../../outside/ports/economy.ts'
import type { Coding } from '../ledger/coding.ts'
import { incomeSides, type Posting, type PostingKind } from '../ledger/posting.ts'

/** A posting with the day in the books that it belongs to, ISO date. */
export interface DatedPosting extends Posting {
  bookDate: string
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

const kinds: Record<PostingKind, string> = {
  paid: 'Kortbetalningar',
  surplus: 'Överskott att återbetala',
  refunded: 'Återbetalningar',
  'refund-returned': 'Återbetalningar i retur',
  'surplus-refunded': 'Återbetalda överskott',
  'surplus-refund-returned': 'Återbetalda överskott i retur',
  disputed: 'Bestridda kortbetalningar',
  'dispute-returned': 'Bestridda kortbetalningar, återförda',
}

/**
 * The vouchers of some postings: one for each day and kind. The income side keeps a row for each posting, so that every
 * row leads to its payment; the balance accounts get one summed row each.
 */
export function vouchersOf(postings: DatedPosting[], names: Names): Voucher[] {
  const groups = Map.groupBy(postings, ({ bookDate, kind }) => `${bookDate} ${kind}`)
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => voucherOf(group, names))
}

function voucherOf(postings: DatedPosting[], names: Names): Voucher {
  const [{ bookDate, kind }] = postings as [DatedPosting]
  const text = `${kinds[kind]} ${bookDate}`
  return {
    date: bookDate,
    text,
    rows: [...balanceRows(postings, names, text), ...incomeRows(postings, names)],
  }
}

function incomeRows(postings: DatedPosting[], names: Names): VoucherRow[] {
  const withIncome = postings.filter(({ kind }) => incomeSides[kind] !== null)
  return withIncome.map(({ coding, to, amount, text, cause }) => ({
    account: coding.account,
    accountName: nameOf(coding.account, names),
    amount: to === coding.account ? amount : negate(amount),
    code: codeOf(coding, names),
    vat: coding.vat,
    text,
    reference: cause,
  }))
}

function balanceRows(postings: DatedPosting[], names: Names, text: string): VoucherRow[] {
  const sides = postings.flatMap(({ kind, from, to, amount }) => {
    const debit = { account: to, amount }
    const credit = { account: from, amount: negate(amount) }
    const side = incomeSides[kind]
    return side === null ? [credit, debit] : [side === 'to' ? credit : debit]
  })
  const accounts = Map.groupBy(sides, ({ account }) => account)
  return [...accounts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, amounts]) => ({
      account,
      accountName: nameOf(account, names),
      amount: sum(amounts.map(({ amount }) => amount)),
      code: [],
      vat: null,
      text: `${text}, ${amounts.length} rader`,
      reference: null,
    }))
}

function nameOf(account: string, names: Names): string {
  return names.accounts[account] ?? account
}

function codeOf(coding: Coding, { parts }: Names): CodeValue[] {
  return parts.flatMap(({ key, part, sieDimension }) => {
    const value = coding[key]
    return value === null ? [] : [{ part, sieDimension, value }]
  })
}

/** Undefined when there is nothing to total. */
export function totalsOf(postings: DatedPosting[]): ControlTotals | undefined {
  const days = postings.map(({ bookDate }) => bookDate).sort()
  const [firstDay] = days
  const lastDay = days.at(-1)
  if (firstDay === undefined || lastDay === undefined) return undefined
  return { firstDay, lastDay, postings: postings.length, total: sum(postings.map(({ amount }) => amount)) }
}

export interface AccountSum {
  account: string
  accountName: string
  costCentre: string | null
  debit: Ore
  credit: Ore
}

/** What a batch comes to for each account and cost centre: the control list that the economy office signs. */
export function accountSums(postings: DatedPosting[], names: Names): AccountSum[] {
  const sums = new Map<string, AccountSum>()
  const add = (account: string, costCentre: string | null, side: 'debit' | 'credit', amount: Ore): void => {
    const key = `${account} ${costCentre ?? ''}`
    const found = sums.get(key)
    const held = found ?? {
      account,
      accountName: nameOf(account, names),
      costCentre,
      debit: nothing,
      credit: nothing,
    }
    sums.set(key, { ...held, [side]: ore(held[side] + amount) })
  }
  for (const { kind, from, to, amount, coding } of postings) {
    add(to, incomeSides[kind] === 'to' ? coding.costCentre : null, 'debit', amount)
    add(from, incomeSides[kind] === 'from' ? coding.costCentre : null, 'credit', amount)
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

/** "KVITT_000123_2026-11-20": sorts by itself and never comes twice. */
export function batchFileName(series: string, number: number, madeOn: string): string {
  return `${series}_${String(number).padStart(6, '0')}_${madeOn}`
}
