import type { Ore } from '../../base/money.ts'
import type { DebitToMake } from './case-facts.ts'
import type { Share } from './shares.ts'

/** A debit that Koha is to get, so that what was refunded is owed again. */
export interface PlannedDebit {
  reference: string
  lineId: number
  amount: Ore
  type: string
  libraryId: string
  itemId: number | null
  note: string
}

export interface RefundedLine {
  id: number
  debitType: string
  libraryId: string | null
  itemId: number | null
}

/**
 * The debits of a refund: one for each line that had been credited in Koha, in the order of the lines. A surplus was
 * never credited and calls for nothing. `types` says which types must be owed again under another name: Koha would let
 * an OVERDUE start to grow anew (Koha/Account.pm, add_debit).
 */
export function planDebits(
  { reference, shares }: { reference: string; shares: Share[] },
  lines: RefundedLine[],
  { types, defaultLibrary }: { types: Record<string, string>; defaultLibrary: string },
): PlannedDebit[] {
  const owed = shares.filter(({ income }) => income > 0).toSorted((a, b) => a.lineId - b.lineId)
  return owed.map(({ lineId, income }, at) => {
    const line = lines.find(({ id }) => id === lineId)
    if (!line) throw new Error(`Refund ${reference} is of a line ${lineId} that its payment does not have`)
    return {
      reference: at === 0 ? reference : `${reference}-${at + 1}`,
      lineId,
      amount: income,
      type: types[line.debitType] ?? line.debitType,
      libraryId: line.libraryId ?? defaultLibrary,
      itemId: line.itemId,
      note: `${line.debitType} refunded`,
    }
  })
}

/** Returns what the desk is to make in Koha, exactly, when we do not do it ourselves. */
export function debitsToMake(debits: PlannedDebit[]): DebitToMake[] {
  return debits.map(({ type, amount, libraryId, reference }) => ({ type, amount, libraryId, reference }))
}
