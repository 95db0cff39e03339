import { bookCredit, type Preferences, payDebits } from './booking.ts'
import { fromKronor, kohaTime, type Line, toKronor } from './lines.ts'
import type { Restriction } from './seed-types.ts'
import { insertLine, linesOf, outstandingLines, type Tables } from './tables.ts'

export interface NewDebit {
  patronId: number
  type: string
  /** Kronor; fractions of an öre may occur, as in Koha. */
  amount: number
  status?: string
  description?: string
  note?: string
  itemId?: number | null
  libraryId?: string | null
  /** Over the API, and not in the staff pages. */
  byApi?: boolean
}

/** A charge made in Koha. An OVERDUE starts as UNRETURNED unless a status is given. */
export function addDebit(tables: Tables, { amount, byApi = false, ...debit }: NewDebit): Line {
  const status = debit.status ?? (debit.type === 'OVERDUE' ? 'UNRETURNED' : null)
  return insertLine(tables, {
    ...debit,
    kind: 'debit',
    amount: fromKronor(amount),
    status,
    interface: byApi ? 'api' : 'intranet',
    userId: byApi ? 1 : null,
  })
}

/**
 * The charge gets a new total, as the nightly fines job does it (Koha/Account/Line.pm, adjust): it grows or shrinks by
 * the difference, and what was paid too much becomes an OVERPAYMENT credit.
 */
export function changeDebit(tables: Tables, id: number, kronor: number): void {
  const line = tables.lines.get(id)
  if (line?.kind !== 'debit') throw new Error(`No debit ${id}`)
  const total = fromKronor(kronor)
  const left = line.outstanding + total - line.amount
  line.amount = total
  line.outstanding = Math.max(0, left)
  line.date = kohaTime(tables.now())
  if (left >= 0) return
  const surplus = insertLine(tables, {
    patronId: line.patronId,
    kind: 'credit',
    type: 'OVERPAYMENT',
    amount: left,
    interface: 'cron',
  })
  payDebits(tables, surplus, outstandingLines(tables, line.patronId, 'debit'))
}

/** One night of fines: every loan that is still out costs so many kronor more. */
export function runFinesJob(tables: Tables, kronor = 10): void {
  const growing = [...tables.lines.values()].filter(
    (line) => line.type === 'OVERDUE' && line.status === 'UNRETURNED',
  )
  for (const line of growing) changeDebit(tables, line.id, toKronor(line.amount) + kronor)
}

export interface DeskPayment {
  patronId: number
  /** Everything owed when left out. */
  debitIds?: number[]
  /** Kronor; what is outstanding on the debits when left out. */
  amount?: number
  libraryId?: string | null
}

/** Somebody pays at the desk, in Koha's own staff pages. */
export function payAtDesk(tables: Tables, preferences: Preferences, payment: DeskPayment): Line {
  const owed = outstandingLines(tables, payment.patronId, 'debit')
  const chosen = owed.filter(({ id }) => payment.debitIds?.includes(id) ?? true)
  const outstanding = chosen.reduce((total, line) => total + line.outstanding, 0)
  return bookCredit(tables, preferences, {
    patronId: payment.patronId,
    amount: payment.amount ?? toKronor(outstanding),
    type: 'PAYMENT',
    debitIds: chosen.map(({ id }) => id),
    libraryId: payment.libraryId ?? null,
    paymentType: 'CARD',
    description: null,
    note: 'Paid at the desk',
    userId: 1,
    interface: 'intranet',
  })
}

/**
 * The book comes back. A LOST charge is FOUND, and a LOST_FOUND credit gives back what was paid and takes away what was
 * not, write-offs excepted (Koha/Item.pm); what was paid stays as unused credit. A growing fine stops.
 */
export function returnBook(tables: Tables, itemId: number): void {
  const item = tables.items.get(itemId)
  if (item) item.lostStatus = 0
  for (const line of [...tables.lines.values()]) {
    if (line.itemId !== itemId || line.kind !== 'debit') continue
    if (line.type === 'OVERDUE' && line.status === 'UNRETURNED') line.status = 'RETURNED'
    if (line.type === 'LOST' && line.status !== 'FOUND') giveBack(tables, line)
  }
}

function giveBack(tables: Tables, lost: Line): void {
  lost.status = 'FOUND'
  const paid = tables.offsets
    .filter(({ debitId, creditId }) => debitId === lost.id && tables.lines.get(creditId)?.type !== 'WRITEOFF')
    .reduce((total, { amount }) => total + amount, 0)
  if (paid + lost.outstanding === 0) return
  const credit = insertLine(tables, {
    patronId: lost.patronId,
    kind: 'credit',
    type: 'LOST_FOUND',
    amount: -(paid + lost.outstanding),
    itemId: lost.itemId,
    description: 'Förlorat exemplar återlämnat',
    libraryId: lost.libraryId,
    interface: 'intranet',
  })
  if (lost.outstanding > 0) payDebits(tables, credit, [lost])
}

/** Puts a restriction on a patron, in place of one of the same type. */
export function restrict(tables: Tables, patronId: number, restriction: Restriction): void {
  liftRestriction(tables, patronId, restriction.type)
  tables.patrons.get(patronId)?.restrictions.push(restriction)
}

/** Takes a restriction off, or all of them when no type is named. */
export function liftRestriction(tables: Tables, patronId: number, type?: string): void {
  const patron = tables.patrons.get(patronId)
  if (!patron) return
  patron.restrictions = type === undefined ? [] : patron.restrictions.filter((held) => held.type !== type)
}

/** The item is deleted: its account lines keep only their description (bug 24658). */
export function deleteItem(tables: Tables, itemId: number): void {
  tables.items.delete(itemId)
  for (const line of tables.lines.values()) if (line.itemId === itemId) line.itemId = null
}

/** Sum of what the patron owes, in kronor. */
export function owes(tables: Tables, patronId: number): number {
  const debits = linesOf(tables, patronId).filter((line) => line.kind === 'debit')
  return toKronor(debits.reduce((total, line) => total + line.outstanding, 0))
}
