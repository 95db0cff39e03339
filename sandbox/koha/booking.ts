import { apply, fromKronor, type Line } from './lines.ts'
import { insertLine, outstandingLines, type Tables } from './tables.ts'

/** System preferences that change what is booked. */
export interface Preferences {
  RequirePaymentType: boolean
  UseCashRegisters: boolean
  RESTdefaultPageSize: number
  RESTBasicAuth: boolean
  RESTOAuth2ClientCredentials: boolean
}

/** An exception inside Koha: over the API it becomes a 500, whatever has been committed before it. */
export class KohaException extends Error {}

export const creditTypes = [
  'CANCELLATION',
  'CREDIT',
  'DISCOUNT',
  'FORGIVEN',
  'LOST_FOUND',
  'OVERPAYMENT',
  'PAYMENT',
  'PROCESSING_FOUND',
  'PURCHASE',
  'REFUND',
  'WRITEOFF',
]

/** Debit types that a Koha has from the start, and one that this library has added. */
export const debitTypes = [
  'ACCOUNT',
  'ACCOUNT_RENEW',
  'LOST',
  'MANUAL',
  'NEW_CARD',
  'OVERDUE',
  'PAYOUT',
  'PROCESSING',
  'RENT',
  'RENT_DAILY',
  'RENT_DAILY_RENEW',
  'RENT_RENEW',
  'RESERVE',
  'RESERVE_EXPIRED',
  'VOID',
  'L_INKASSO',
]

export interface NewCredit {
  patronId: number
  /** Kronor. */
  amount: number
  type: string
  /** Empty: everything that the patron owes. */
  debitIds: number[]
  libraryId: string | null
  paymentType: string | null
  description: string | null
  note: string | null
  date?: string
  userId: number | null
  interface: Line['interface']
}

/**
 * Koha's add_credit as the REST controller drives it (Koha/REST/V1/Patrons/Account.pm, Koha/Account.pm), in its separate
 * commits: the credit is there before anything is applied, named lines are fetched by number alone and may be anybody's,
 * and what is left pays whatever else the patron owes.
 */
export function bookCredit(tables: Tables, preferences: Preferences, credit: NewCredit): Line {
  refuseWhatKohaRefuses(tables, preferences, credit)
  const line = insertLine(tables, {
    patronId: credit.patronId,
    kind: 'credit',
    type: credit.type,
    amount: -fromKronor(credit.amount),
    libraryId: credit.libraryId,
    paymentType: credit.paymentType,
    description: credit.description,
    note: credit.note,
    userId: credit.userId,
    interface: credit.interface,
    ...(credit.date !== undefined && { date: credit.date }),
  })
  payDebits(tables, line, namedLines(tables, credit.debitIds))
  payDebits(tables, line, outstandingLines(tables, credit.patronId, 'debit'))
  liftRestrictions(tables, credit.patronId)
  return line
}

/** Lets an existing credit pay debits, and remembers what paid what. */
export function payDebits(tables: Tables, credit: Line, debits: Line[]): void {
  if (credit.outstanding !== 0) tables.offsets.push(...apply(credit, debits))
}

function refuseWhatKohaRefuses(tables: Tables, preferences: Preferences, credit: NewCredit): void {
  if (credit.amount <= 0) throw new KohaException('Amount is not positive')
  if (!creditTypes.includes(credit.type)) throw new KohaException('Unknown credit type')
  if (credit.libraryId !== null && !tables.libraries.has(credit.libraryId)) {
    throw new KohaException('Foreign key branchcode')
  }
  if (preferences.RequirePaymentType && !credit.paymentType && credit.type === 'PAYMENT') {
    throw new KohaException('Payment type missing')
  }
  if (preferences.UseCashRegisters && ['CASH', 'SIP00'].includes(credit.paymentType ?? '')) {
    throw new KohaException('Register missing')
  }
}

/** The order of the database, not that of the caller; unknown and repeated numbers do not matter. */
function namedLines(tables: Tables, ids: number[]): Line[] {
  return [...new Set(ids)].sort((a, b) => a - b).flatMap((id) => tables.lines.get(id) ?? [])
}

/** Not established for credits over the API: a restriction of the seed says if it lifts. */
function liftRestrictions(tables: Tables, patronId: number): void {
  const patron = tables.patrons.get(patronId)
  if (!patron || outstandingLines(tables, patronId, 'debit').length > 0) return
  patron.restrictions = patron.restrictions.filter((restriction) => !restriction.liftsWhenPaid)
}
