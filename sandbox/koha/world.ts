import type { Preferences } from './booking.ts'
import * as desk from './desk.ts'
import { createFaults, type Fault, type Faults } from './faults.ts'
import { fillTables } from './fill-tables.ts'
import type { Line } from './lines.ts'
import type { Restriction, Seed } from './seed-types.ts'
import { linesOf, type Patron, type Tables } from './tables.ts'

/** One call of the API, as it came and went; `status` is null when the connection was cut. */
export interface SeenRequest {
  method: string
  /** Below /api/v1, without the query. */
  path: string
  query: string
  status: number | null
}

/** The inside of a sandbox Koha: what tests look at and what its own pages change. */
export interface World {
  tables: Tables
  faults: Faults
  preferences: Preferences
  /** What the API's user may do: `borrowers:edit_borrowers`, or a whole module. */
  permissions: Set<string>
  /** The newest five hundred calls of the API. */
  requests: SeenRequest[]
  /** Throws when nobody has that userid. */
  patron(userid: string): Patron
  debitsOf(patronId: number): Line[]
  creditsOf(patronId: number): Line[]
  /** Kronor. */
  owes(patronId: number): number
  addDebit(debit: desk.NewDebit): Line
  changeDebit(id: number, kronor: number): void
  runFinesJob(kronor?: number): void
  payAtDesk(payment: desk.DeskPayment): Line
  returnBook(itemId: number): void
  restrict(patronId: number, restriction: Restriction): void
  liftRestriction(patronId: number, type?: string): void
  deleteItem(itemId: number): void
}

interface WorldOptions {
  seed: Seed
  faults: Fault[]
  now: () => Date
}

/** A fresh world from a seed. */
export function createWorld({ seed, faults, now }: WorldOptions): World {
  const tables = fillTables(seed, now)
  const preferences: Preferences = {
    RequirePaymentType: false,
    UseCashRegisters: false,
    RESTdefaultPageSize: 20,
    RESTBasicAuth: true,
    RESTOAuth2ClientCredentials: true,
  }
  return {
    tables,
    faults: createFaults(faults),
    preferences,
    permissions: new Set(['borrowers', 'updatecharges', 'catalogue']),
    requests: [],
    patron(userid) {
      const found = [...tables.patrons.values()].find((patron) => patron.userid === userid)
      if (!found) throw new Error(`Nobody has the userid ${userid}`)
      return found
    },
    debitsOf: (patronId) => linesOf(tables, patronId).filter((line) => line.kind === 'debit'),
    creditsOf: (patronId) => linesOf(tables, patronId).filter((line) => line.kind === 'credit'),
    owes: (patronId) => desk.owes(tables, patronId),
    addDebit: (debit) => desk.addDebit(tables, debit),
    changeDebit: (id, kronor) => desk.changeDebit(tables, id, kronor),
    runFinesJob: (kronor) => desk.runFinesJob(tables, kronor),
    payAtDesk: (payment) => desk.payAtDesk(tables, preferences, payment),
    returnBook: (itemId) => desk.returnBook(tables, itemId),
    restrict: (patronId, restriction) => desk.restrict(tables, patronId, restriction),
    liftRestriction: (patronId, type) => desk.liftRestriction(tables, patronId, type),
    deleteItem: (itemId) => desk.deleteItem(tables, itemId),
  }
}
