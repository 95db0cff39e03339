import { type Ore, sum } from '../../base/money.ts'
import type { Debit, Item } from '../../outside/ports/koha.ts'
import type { Coding } from '../ledger/coding.ts'
import { type CodePart, type CodingRule, codingFor } from './coding.ts'

/** Why a debt cannot be paid here now. */
export type Obstacle =
  /** The book is still out, and the fee grows until it is back. */
  | 'still-growing'
  /** Invoiced, in collection or otherwise handled outside Kvitt. */
  | 'handled-elsewhere'
  /** Another payment of it has begun and can still be paid. */
  | 'in-payment'
  /** Paid here, and not yet registered in Koha. */
  | 'paid-not-registered'
  /** Nobody has said where its money belongs in the books. */
  | 'no-coding'

export type Verdict =
  | { payable: true; coding: Coding }
  | { payable: false; because: Obstacle; payment: string | null }

/** A debit of Koha's as we see it: what is left of it, for what, and whether it may be paid here. */
export interface Debt {
  id: number
  type: string
  status: string | null
  /** What is left to pay, öre. */
  outstanding: Ore
  /** What it was when it arose, öre. */
  original: Ore
  title: string | null
  author: string | null
  barcode: string | null
  itemId: number | null
  itemType: string | null
  libraryId: string | null
  /** Koha's free text; the only description of a debt without an item. */
  description: string | null
  /** ISO date-time with zone. */
  date: string | null
  verdict: Verdict
}

/** A debt that a payment holds, told by the payments area. */
export interface HeldDebt {
  debitId: number
  reference: string
  /** True when the money is taken and Koha does not have it yet. */
  paid: boolean
}

export interface DebtRules {
  coding: CodingRule[]
  neededParts: CodePart[]
  notPayableStatuses: string[]
  notPayableTypes: string[]
}

export interface Surroundings {
  items: Map<number, Item>
  held: Map<number, HeldDebt>
  /** The patron's home library, the last resort for a debt without a library and without an item. */
  patronLibraryId: string
  /** ISO date, local time. */
  today: string
}

/** Sees a debit as a debt. */
export function seeDebt(debit: Debit, around: Surroundings, rules: DebtRules): Debt {
  const item = debit.itemId === null ? undefined : around.items.get(debit.itemId)
  // Koha leaves library_id empty on debits made by cron jobs (C4/Accounts.pm): then the item's home, then the patron's.
  const libraryId = debit.libraryId ?? item?.homeLibraryId ?? around.patronLibraryId
  const itemType = item?.itemType ?? null
  const coding = codingFor(
    rules.coding,
    { debtType: debit.type, libraryId, itemType },
    around.today,
    rules.neededParts,
  )
  return {
    id: debit.id,
    type: debit.type,
    status: debit.status,
    outstanding: debit.outstanding,
    original: debit.amount,
    title: item?.title ?? null,
    author: item?.author ?? null,
    barcode: item?.barcode ?? null,
    itemId: debit.itemId,
    itemType,
    libraryId,
    description: debit.description,
    date: debit.date,
    verdict: judge(debit, around.held.get(debit.id), coding, rules),
  }
}

function judge(
  debit: Debit,
  held: HeldDebt | undefined,
  coding: Coding | undefined,
  rules: DebtRules,
): Verdict {
  if (held) {
    return {
      payable: false,
      because: held.paid ? 'paid-not-registered' : 'in-payment',
      payment: held.reference,
    }
  }
  if (debit.status !== null && rules.notPayableStatuses.includes(debit.status))
    return obstacle('still-growing')
  if (rules.notPayableTypes.includes(debit.type)) return obstacle('handled-elsewhere')
  if (!coding) return obstacle('no-coding')
  return { payable: true, coding }
}

function obstacle(because: Obstacle): Verdict {
  return { payable: false, because, payment: null }
}

export function totalOf(debts: Debt[]): Ore {
  return sum(debts.map((debt) => debt.outstanding))
}

/** Oldest first, as debts arose; those without a date last. Koha promises no order. */
export function byDate(a: Debt, b: Debt): number {
  return (a.date ?? '9').localeCompare(b.date ?? '9') || a.id - b.id
}
