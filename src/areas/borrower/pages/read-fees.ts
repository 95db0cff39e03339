import { type Problem, problem } from '../../../web/problem.ts'
import type { Context } from '../../../work/context.ts'
import { type DebtsShown, showDebts } from '../../debts/show-debts.ts'
import { heldDebts } from '../../payments/line-store.ts'
import { type Payment, paymentsOf } from '../../payments/store.ts'

export type FeesRead = { kind: 'read'; shown: DebtsShown; payments: Payment[] } | Problem

/** As far back as the fees page looks for payments that are under way. */
const LATEST = 20

/**
 * Returns what a borrower owes and has lately paid; a Problem when Koha does not say, because an old list would be
 * wrong.
 */
export async function readFees(context: Context, patronId: number): Promise<FeesRead> {
  const { db, log } = context
  // Ours before Koha's, never at once: a debt that a payment has let go is credited by then, and shows as gone.
  const [held, payments] = await Promise.all([heldDebts(db, patronId), paymentsOf(db, patronId, LATEST)])
  const shown = await showDebts(context, patronId, held)
  if (!shown.ok) {
    log.warn({ event: 'debt-list.not-read', trouble: shown.trouble }, 'could not read debts from Koha')
    return problem('koha-silent')
  }
  return shown.value ? { kind: 'read', shown: shown.value, payments } : problem('no-patron')
}
