/**
 * What a sandbox Koha starts with. Amounts are kronor, as in Koha; days count back from the start, so that the demo is
 * as fresh next year as today.
 */
export interface Seed {
  libraries: SeedLibrary[]
  patrons: SeedPatron[]
  items: SeedItem[]
  debits: SeedDebit[]
  credits: SeedCredit[]
}

export interface SeedLibrary {
  id: string
  name: string
  city?: string
}

export interface SeedPatron {
  id: number
  userid: string | null
  cardnumber: string | null
  firstname: string
  surname: string
  preferredName?: string
  email: string | null
  /** Koha's language code: `sv-SE`, `en`, `default`. */
  lang: string
  libraryId: string
  categoryId: string
  /** Days from the start; negative when the account has expired. */
  expiresInDays: number | null
  attributes?: { type: string; value: string }[]
  restrictions?: Restriction[]
  /** For `POST /auth/password/validation`; nobody can sign in without one. */
  password?: string
}

/** A restriction (debarment). Since 23.11 a type can be set to lift when nothing is owed any more. */
export interface Restriction {
  type: string
  comment: string
  liftsWhenPaid: boolean
}

export interface SeedItem {
  id: number
  barcode: string
  title: string
  author: string | null
  itemType: string
  homeLibraryId: string
  replacementPrice?: number
  /** 0 is not lost, 2 long overdue. */
  lostStatus?: number
}

export interface SeedDebit {
  /** Given when a credit of the seed refers to it; otherwise the next free number. */
  id?: number
  patronId: number
  type: string
  amount: number
  /** What is left; the amount when left out. */
  outstanding?: number
  status?: string
  description?: string
  note?: string
  itemId?: number
  /** Null as for a fine that a nightly job has made: it belongs to no library. */
  libraryId: string | null
  daysAgo: number
}

export interface SeedCredit {
  patronId: number
  type: string
  amount: number
  /** What no debit has consumed. */
  unused: number
  /** Debits of the seed that it paid, by id, and how much of each. */
  paid: { debitId: number; amount: number }[]
  status?: string
  description?: string
  note?: string
  paymentType?: string
  libraryId: string
  itemId?: number
  daysAgo: number
}
