import type { Answer, Reachable, Trouble } from '../../base/answer.ts'
import type { Ore } from '../../base/money.ts'

/** Koha's borrower record, as much of it as Kvitt needs. */
export interface Patron {
  id: number
  cardNumber: string | null
  userId: string | null
  firstName: string | null
  surname: string | null
  email: string | null
  /** Koha's language code of the patron, `default` when not chosen. */
  language: string | null
  libraryId: string
  categoryId: string
  /** True when Koha holds any restriction (debarment) on the patron. */
  restricted: boolean
  /** ISO date (no time), null when the account never expires. */
  expiresOn: string | null
}

export type PatronKey =
  | { by: 'userid' | 'cardnumber' | 'email'; value: string }
  | { by: 'attribute'; type: string; value: string }

/** One of Koha's account lines that is owed. Amounts are positive öre. */
export interface Debit {
  id: number
  type: string
  status: string | null
  amount: Ore
  outstanding: Ore
  description: string | null
  /** ISO date-time with zone, as Koha sent it. */
  date: string | null
  itemId: number | null
  libraryId: string | null
}

/** One of Koha's account lines in the patron's favour. Amounts are positive öre; `unused` is what no debit has consumed. */
export interface Credit {
  id: number
  type: string | null
  amount: Ore
  unused: Ore
  description: string | null
  note: string | null
  date: string | null
}

export interface Account {
  debits: Debit[]
  /** What the patron has in unused credit, positive öre. */
  unusedCredit: Ore
}

export interface Item {
  id: number
  barcode: string | null
  title: string | null
  author: string | null
  itemType: string | null
  homeLibraryId: string | null
}

export interface Library {
  id: string
  name: string
}

export interface NewCredit {
  patronId: number
  amount: Ore
  /** Koha's account_lines_ids. Never empty: an empty list would pay everything. */
  debitIds: number[]
  libraryId: string
  paymentType: string
  /** Our reference; goes first in Koha's description and in its note. */
  reference: string
  note: string
}

/**
 * What became of a POST of an account line. Koha has no idempotency key and may answer 500 after it has booked
 * (Koha/REST/V1/Patrons/Account.pm): everything but a clear answer is `unknown`.
 */
export type BookingOutcome<Line> =
  | { kind: 'booked'; line: Line }
  | { kind: 'not-sent'; trouble: Trouble }
  | { kind: 'refused'; trouble: Trouble }
  | { kind: 'unknown'; trouble: Trouble }

/** What a patron is to owe (again). `note` goes into Koha's internal note, which staff see. */
export interface NewDebit {
  patronId: number
  amount: Ore
  /** Koha's debit type; it must exist there. */
  type: string
  libraryId: string
  itemId: number | null
  /** Our reference; goes first in Koha's description and in its note. */
  reference: string
  note: string
}

/** An account line that was charged, as Koha's list of debits tells it. */
export interface ChargedDebit {
  id: number
  amount: Ore
  description: string | null
  note: string | null
}

export interface Koha extends Reachable {
  /** All patrons that Koha finds for the key, by exact match. The caller compares again. */
  findPatrons(key: PatronKey): Promise<Answer<Patron[]>>
  /** Undefined when there is no such patron. */
  patron(id: number): Promise<Answer<Patron | undefined>>
  /** Koha's number of the patron whose card and password these are; undefined when they are not. */
  validatePassword(cardNumber: string, password: string): Promise<Answer<number | undefined>>
  account(patronId: number): Promise<Answer<Account>>
  /** Items with title and barcode; those that Koha has deleted are missing from the answer. */
  items(ids: number[]): Promise<Answer<Item[]>>
  libraries(): Promise<Answer<Library[]>>
  /** The patron's credits whose description or note holds the reference. */
  creditsWithReference(patronId: number, reference: string): Promise<Answer<Credit[]>>
  postCredit(credit: NewCredit): Promise<BookingOutcome<Credit>>
  /** The patron's debits, paid or not, whose description or note holds the reference. */
  debitsWithReference(patronId: number, reference: string): Promise<Answer<ChargedDebit[]>>
  postDebit(debit: NewDebit): Promise<BookingOutcome<ChargedDebit>>
}
