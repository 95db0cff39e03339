import type { Router } from 'express'
import type passport from 'passport'
import type { Answer } from './base/answer.ts'
import type { Case, Closing } from './base/case.ts'
import type { Texts } from './base/language.ts'
import type { Metrics } from './base/metrics.ts'
import type { Role } from './base/role.ts'
import type { Config } from './config/load.ts'
import type { Sql, Tx } from './database/database.ts'
import type { IdentityProvider } from './outside/ports/identity.ts'
import type { Gate, Place } from './web/place.ts'
import type { Context } from './work/context.ts'

/** A few words in each language. */
export type Words = Texts<string>

/**
 * What an area is to the house: data, no behaviour of its own. The house reads it, in loops over areas.ts; areas never
 * read each other's. An area leaves out what it does not have.
 */
export interface Area {
  name: string
  /** What people or the system do here that stands in the audit trail, by its name there. */
  acts?: Readonly<Record<string, Words>>
  /** The kinds of cases that it opens: work for a person. */
  cases?: Readonly<Record<string, CaseKind>>
  /** Who outside this area cannot do without. */
  neighbours?: (wired: NeighbourTools) => Neighbour[]
  /** What goes on by itself, by the name that it is woken by. Returns how much was done; what fails stays due. */
  workers?: Readonly<Record<string, (context: Context) => Promise<number>>>
  /** What happens at set times. */
  tasks?: readonly AreaTask[]
  /** Its part in forgetting personal data. */
  forgetting?: Forgetting
  pages?: readonly AreaPages[]
}

/** A kind of work for a person, as data: who must act, what it says of its facts, and what can be done about it. */
export interface CaseKind<Facts extends object = object> {
  roles: readonly Role[]
  texts: Texts<{ title: string; sentence(facts: Facts): string }>
  subject: CaseSubject
  ways: Readonly<Record<string, CaseWay>>
}

/** All kinds of cases of the house, by name. */
export type CaseKinds = ReadonlyMap<string, CaseKind>

/** What cases of some kinds are about. */
export interface CaseSubject {
  /** Locks it, as the flows that work on it do. */
  lock(tx: Tx, one: Case): Promise<unknown>
  /** Adds to its history what a person did. */
  record(tx: Tx, one: Case, done: Resolving): Promise<void>
  /** Returns the address of the page where it is seen to. */
  page(one: Case): string
}

/** What a person did about a case. */
export interface Resolving extends Closing {
  answer?: boolean
}

/** One thing that can be done about a case. */
export interface CaseWay {
  words: Words
  /** It must be said why. */
  needsReason?: true
  /** A question that must be answered by yes or no first, and when. */
  asks?: { words: Words; when(sql: Sql, one: Case): Promise<boolean> }
  /** It asks or tries; whether the case is over is found out by others. */
  staysOpen?: true
  possible?(sql: Sql, one: Case): Promise<boolean>
  /** What is done, in the commit that closes the case. */
  act?(tx: Tx, context: Context, one: Case, done: Resolving): Promise<void>
  /** What is done after that commit, outside any transaction. */
  afterwards?(context: Context, one: Case): Promise<void>
}

/** What an area keeps of payments and their patrons, and when it is done with them. By the payments' ids. */
export interface Forgetting {
  /** Returns those that the area is not done with: nothing of them is forgotten yet. */
  unfinished?(tx: Tx, payments: readonly number[]): Promise<number[]>
  /** Removes what says what was borrowed, and where mail went. */
  removeTitles?(tx: Tx, payments: readonly number[], at: Date): Promise<void>
  /** Makes them nobody's. */
  anonymise?(tx: Tx, payments: readonly number[], at: Date): Promise<void>
}

/** Something that happens at set times, once over all instances. Missing one is harmless: the next finds what is due. */
export interface AreaTask {
  name: string
  /** Minute hour day month weekday, local time; undefined when it is not to happen by itself. */
  cron(config: Config): string | undefined
  run(context: Context, areas: readonly Area[]): Promise<void>
}

/** A system outside: `kvitt check` tries it, and the state page shows how it does. */
export interface Neighbour {
  /** As the metrics know it; undefined when its calls are not measured. */
  metric?: string
  /** As operators know it. */
  title: string
  /** One harmless call. Returns what it found in words, or the trouble. */
  tryOut(): Promise<Answer<string>>
}

export type NeighbourTools = Pick<PageTools, 'context' | 'identityProvider'>

/** Pages that belong together: their places among the addresses, and who answers there. */
export interface AreaPages {
  places: readonly Place[]
  /** What its templates read as `page.t.<name>`. */
  texts?: Readonly<Record<string, Texts<object>>>
  /** For machines: answered before sessions and limits. */
  beforeSessions?: true
  /** Addresses whose POST proves its sender by a signature instead of a token, and may be large. */
  signedPosts?: readonly string[]
  router(tools: PageTools): Router
}

/** What pages may use: the context, and what only pages need beside it. */
export interface PageTools {
  context: Context
  metrics: Metrics
  identityProvider: IdentityProvider
  passport: passport.Authenticator
  gate: Gate
  /** All areas, for the pages that show something of each. */
  areas: readonly Area[]
  /** True once the process has been told to stop. */
  stopping(): boolean
}
