import type { Log } from '../base/log.ts'
import type { OffLoop } from '../base/off-loop.ts'
import type { Config } from '../config/load.ts'
import type { Database } from '../database/database.ts'
import type { EconomyFiles } from '../outside/ports/economy.ts'
import type { Koha } from '../outside/ports/koha.ts'
import type { Mailer } from '../outside/ports/mail.ts'
import type { PaymentProvider } from '../outside/ports/provider.ts'
import type { Jobs } from './wake.ts'

export interface Clock {
  now(): Date
}

/** All payment providers in the configuration: the one that new payments use, and those that old payments were made with. */
export interface Providers {
  current: PaymentProvider
  /** Undefined when the provider of an old payment is no longer in the configuration. */
  named(name: string): PaymentProvider | undefined
  all: PaymentProvider[]
}

/** Everything that a flow may use. Made once, in wiring.ts. */
export interface Context {
  db: Database
  koha: Koha
  providers: Providers
  mailer: Mailer
  economyFiles: EconomyFiles
  jobs: Jobs
  /** Runs in another thread what would keep requests waiting. */
  offLoop: OffLoop
  clock: Clock
  log: Log
  config: Config
}

/** The part of the context that a flow says it uses: `startPayment({ db, koha }: Uses<'db' | 'koha'>, …)`. */
export type Uses<Part extends keyof Context> = Pick<Context, Part>

export const systemClock: Clock = { now: () => new Date() }
