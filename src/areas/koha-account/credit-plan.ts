import { nothing, type Ore, smaller, subtract } from '../../base/money.ts'
import type { Credit, Debit } from '../../outside/ports/koha.ts'
import type { Difference } from './case-facts.ts'

/** A credit that Koha is to get: this much for each of these debits. */
export interface PlannedCredit {
  debits: { id: number; amount: Ore }[]
  libraryId: string | null
}

export interface PaidLine {
  id: number
  debitId: number
  amount: Ore
  libraryId: string | null
}

/**
 * The credits that a paid payment still calls for, given what is outstanding now. No debt gets more than was paid for it
 * and none more than is left of it, because Koha gives what is over to the patron's other debts (Koha/Account.pm).
 * A debt that has grown gets a credit of its own: in a common one Koha would fill it first, with the others' money.
 */
export function planCredits(lines: PaidLine[], debits: Debit[]): PlannedCredit[] {
  const outstanding = new Map(debits.map((debit) => [debit.id, debit.outstanding]))
  const due = lines
    .map((line) => ({ line, left: outstanding.get(line.debitId) ?? nothing }))
    .filter(({ left }) => left > 0)
    .map(({ line, left }) => ({ line, amount: smaller(line.amount, left), grown: left > line.amount }))
  const together = due.filter(({ grown }) => !grown)
  const alone = due.filter(({ grown }) => grown).map((one) => [one])
  return [...(together.length > 0 ? [together] : []), ...alone].map((group) => ({
    debits: group.map(({ line, amount }) => ({ id: line.debitId, amount })),
    libraryId: group.find(({ line }) => line.libraryId !== null)?.line.libraryId ?? null,
  }))
}

/** What was paid, line by line, and could not be credited because the debt had shrunk or gone. */
export function surplusOf(
  lines: PaidLine[],
  credited: { id: number; amount: Ore }[],
): { lineId: number; amount: Ore }[] {
  const got = new Map(credited.map(({ id, amount }) => [id, amount]))
  return lines
    .map((line) => ({ lineId: line.id, amount: subtract(line.amount, got.get(line.debitId) ?? nothing) }))
    .filter(({ amount }) => amount > 0)
}

/**
 * What is not as it should be after a credit, as data; nothing when all is well. Koha takes no lock, so a
 * payment at the desk in the same second can push our money onto another debt without an error.
 */
export function oddities(credit: Credit, sent: PlannedCredit, before: Debit[], after: Debit[]): Difference[] {
  const left = new Map(after.map((debit) => [debit.id, debit.outstanding]))
  const paid = new Map(sent.debits.map(({ id, amount }) => [id, amount]))
  const found: Difference[] = credit.unused > 0 ? [{ kind: 'unused', amount: credit.unused }] : []
  for (const debit of before) {
    const expected = subtract(debit.outstanding, paid.get(debit.id) ?? nothing)
    const now = left.get(debit.id) ?? nothing
    if (now === expected) continue
    if (paid.has(debit.id) ? now > expected : now < expected) {
      found.push({ kind: 'debit', debitId: debit.id, left: now, expected })
    }
  }
  return found
}
