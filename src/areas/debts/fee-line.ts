import type { Language } from '../../base/language.ts'
import type { Ore } from '../../base/money.ts'
import type { Config } from '../../config/load.ts'
import type { Library } from '../../outside/ports/koha.ts'
import type { Debt, Obstacle } from './debt.ts'
import { debtName } from './debt-names.ts'

/** One debt as a row on a page. */
export interface FeeLine {
  id: number
  name: string
  /** What is left to pay, öre. */
  amount: Ore
  /** What it was at first, when part of it is paid; else null. */
  original: Ore | null
  title: string | null
  author: string | null
  barcode: string | null
  library: string | null
  /** ISO date-time with zone. */
  date: string | null
  chosen: boolean
  /** The book is counted as lost: bringing it back makes the fee go away. */
  goesAwayOnReturn: boolean
  /** Why it cannot be paid here; null when it can. */
  because: Obstacle | null
  /** The payment that holds it. */
  payment: string | null
}

export interface LineWords {
  language: Language
  names: Config['debts']['names']
  libraries: Map<string, Library>
  /** Undefined: all that can be. */
  chosen: Set<number> | undefined
}

export function presentLine(debt: Debt, { language, names, libraries, chosen }: LineWords): FeeLine {
  const { verdict } = debt
  const because = verdict.payable ? null : verdict.because
  return {
    id: debt.id,
    name: debtName(debt.type, language, names),
    amount: debt.outstanding,
    original: debt.original === debt.outstanding ? null : debt.original,
    // A debt that is for no book has only Koha's free text to tell it by.
    title: debt.title ?? (debt.itemId === null ? debt.description : null),
    author: debt.author,
    barcode: debt.barcode,
    library: (debt.libraryId && libraries.get(debt.libraryId)?.name) ?? null,
    date: debt.date,
    chosen: verdict.payable && (chosen?.has(debt.id) ?? true),
    goesAwayOnReturn: debt.type === 'LOST' && debt.itemId !== null && because !== 'paid-not-registered',
    because,
    payment: verdict.payable ? null : verdict.payment,
  }
}
