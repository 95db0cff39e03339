import type { Ore } from '../../base/money.ts'
import { type Debt, totalOf } from '../debts/debt.ts'

/** What the library allows in one payment. */
export interface ChoiceRules {
  open: boolean
  maximumLines: number
  /** Öre. */
  minimum: Ore
}

/** Why chosen debts cannot be paid together now. */
export type ChoiceRefusal =
  | { kind: 'closed' }
  | { kind: 'nothing-chosen' }
  | { kind: 'too-many'; most: number }
  /** One of the debts is not this borrower's, is gone, or cannot be paid here. */
  | { kind: 'not-payable'; debitIds: number[] }
  | { kind: 'held'; reference: string | null }
  | { kind: 'below-minimum'; sum: Ore; minimum: Ore }

/** Returns why a choice is refused whatever the debts are, before Koha is asked; undefined when it is not. */
export function refusedUnread(
  ids: readonly number[],
  { open, maximumLines }: ChoiceRules,
): ChoiceRefusal | undefined {
  const { size } = new Set(ids)
  if (!open) return { kind: 'closed' }
  if (size === 0) return { kind: 'nothing-chosen' }
  return size > maximumLines ? { kind: 'too-many', most: maximumLines } : undefined
}

/** Returns the debts that a choice comes to as things are now and their sum, or why they cannot be paid. */
export function judgeChoice(
  debts: readonly Debt[],
  ids: readonly number[],
  rules: ChoiceRules,
): { kind: 'ok'; debts: Debt[]; sum: Ore } | ChoiceRefusal {
  const unread = refusedUnread(ids, rules)
  if (unread) return unread
  const wanted = new Set(ids)
  const found = debts.filter((debt) => wanted.has(debt.id))
  for (const { verdict } of found)
    if (!verdict.payable && verdict.payment) return { kind: 'held', reference: verdict.payment }
  const payable = found.filter(({ verdict }) => verdict.payable)
  const lost = [...wanted].filter((id) => !payable.some((debt) => debt.id === id))
  if (lost.length > 0) return { kind: 'not-payable', debitIds: lost }
  const sum = totalOf(payable)
  const { minimum } = rules
  return sum < minimum ? { kind: 'below-minimum', sum, minimum } : { kind: 'ok', debts: payable, sum }
}
