import type { Ore } from '../../../base/money.ts'
import type { Debt } from '../../debts/debt.ts'
import { totalOf } from '../../debts/debt.ts'
import type { Refusal } from './refusal.ts'

export interface ChoiceRules {
  open: boolean
  maximumLines: number
  /** Öre. */
  minimum: Ore
}

/**
 * Whether the chosen debts could be paid as things are now: the debts, or why not. So that nobody comes to the page
 * with the button and hears it only then; start-payment.ts asks everything again.
 */
export function judgeChoice(
  debts: Debt[],
  ids: number[],
  { open, maximumLines, minimum }: ChoiceRules,
): { kind: 'ok'; debts: Debt[]; sum: Ore } | Refusal {
  if (!open) return { kind: 'closed' }
  const wanted = new Set(ids)
  if (wanted.size === 0) return { kind: 'nothing-chosen' }
  if (wanted.size > maximumLines) return { kind: 'too-many', most: maximumLines }
  const found = debts.filter((debt) => wanted.has(debt.id))
  for (const { verdict } of found) {
    if (!verdict.payable && verdict.payment) return { kind: 'held', reference: verdict.payment }
  }
  const payable = found.filter(({ verdict }) => verdict.payable)
  const lost = [...wanted].filter((id) => !payable.some((debt) => debt.id === id))
  if (lost.length > 0) return { kind: 'not-payable', debitIds: lost }
  const sum = totalOf(payable)
  return sum < minimum ? { kind: 'below-minimum', sum, minimum } : { kind: 'ok', debts: payable, sum }
}
