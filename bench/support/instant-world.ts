import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNeighbourhood } from '../../sandbox/neighbourhood.ts'
import { createLog } from '../../src/base/log.ts'
import { ore } from '../../src/base/money.ts'
import { loadConfig } from '../../src/config/load.ts'
import { connect, type Database } from '../../src/database/database.ts'
import { startEmbedded } from '../../src/database/embedded/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import type { Debit, Patron } from '../../src/outside/ports/koha.ts'
import type { PaymentProvider } from '../../src/outside/ports/provider.ts'
import { knownProviders } from '../../src/outside/providers/list.ts'
import { wire } from '../../src/service/wiring.ts'
import { type Clock, type Context, systemClock } from '../../src/work/context.ts'
import { AMOUNT } from '../../test/support/filled-tables.ts'

/**
 * The product's flows in this process, on a database that really waits for the disk, with neighbours that answer at
 * once and say yes: what is left to measure is what our own rows cost.
 */
export interface InstantWorld {
  context: Context
  /** As the owner, for filling tables and for denominators. */
  owner: Database
  /** The service's own pool, of the service's own size. */
  db: Database
  close(): Promise<void>
}

export async function startInstantWorld(clock: Clock = systemClock): Promise<InstantWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'kvitt-bench-'))
  const tables = mkdtempSync(join(tmpdir(), 'kvitt-bench-tables-'))
  const server = await startEmbedded(tables)
  await migrate(server.url)
  const config = await demoConfig(folder, server.url)
  const db = connect({ url: server.url, connections: config.database.connections, as: 'service' })
  const owner = connect({ url: server.url, connections: config.database.connections, as: 'owner' })
  const { context } = wire(config, db, createLog('fatal'), clock)
  return {
    context: { ...context, ...neighboursOf(context) },
    owner,
    db,
    close: async () => {
      await db.close()
      await owner.close()
      await server.stop()
      for (const place of [folder, tables]) rmSync(place, { recursive: true, force: true })
    },
  }
}

/** The demo's settings; its neighbours are not needed for longer than it takes to write them down. */
async function demoConfig(folder: string, url: string) {
  const neighbourhood = await startNeighbourhood({ firstPort: 0, database: { url } })
  const file = neighbourhood.writeSettings(folder)
  await neighbourhood.stop()
  const outcome = loadConfig({ file, environment: {}, providers: knownProviders })
  if (!outcome.ok) throw new Error(outcome.faults.join('\n'))
  return outcome.config
}

/** Everything is paid, every credit is booked as sent, every letter is taken. */
function neighboursOf(context: Context): Pick<Context, 'koha' | 'providers' | 'mailer'> {
  const provider: PaymentProvider = {
    ...context.providers.current,
    createCheckout: async ({ reference }) => ({
      kind: 'created',
      checkoutId: `checkout-${reference}`,
      url: 'https://pay.example',
    }),
    look: async (checkoutId) => ({
      kind: 'paid',
      charged: ore(AMOUNT),
      refunded: ore(0),
      refunds: [],
      disputed: ore(0),
      currency: 'SEK',
      chargeId: `charge-${checkoutId}`,
      paidAt: null,
      with: { method: 'card', brand: 'Visa', lastDigits: '4242' },
    }),
  }
  return {
    providers: { current: provider, all: [provider], named: () => provider },
    mailer: { ...context.mailer, send: async () => ({ ok: true, value: { acceptedAs: 'bench' } }) },
    koha: { ...context.koha, ...instantKoha() },
  }
}

/** Each patron owes the one debit that goes by the same number, as in the filled tables. */
function instantKoha(): Partial<Context['koha']> {
  const paid = new Set<number>()
  let credits = 0
  return {
    patron: async (id) => ({ ok: true, value: patronOf(id) }),
    libraries: async () => ({ ok: true, value: [{ id: 'HUM', name: 'Humanistiska biblioteket' }] }),
    account: async (id) => ({
      ok: true,
      value: { debits: paid.has(id) ? [] : [debitOf(id)], unusedCredit: ore(0) },
    }),
    creditsWithReference: async () => ({ ok: true, value: [] }),
    postCredit: async ({ amount, debitIds, reference }) => {
      for (const id of debitIds) paid.add(id)
      credits += 1
      const told = { description: reference, note: reference, date: null }
      return { kind: 'booked', line: { id: credits, type: 'PAYMENT', amount, unused: ore(0), ...told } }
    },
  }
}

function debitOf(id: number): Debit {
  const amount = ore(AMOUNT)
  const told = { status: null, description: null, date: null, itemId: null, libraryId: 'HUM' }
  return { id, type: 'OVERDUE', amount, outstanding: amount, ...told }
}

function patronOf(id: number): Patron {
  const nobody = {
    cardNumber: null,
    userId: null,
    firstName: null,
    surname: null,
    email: null,
    language: null,
  }
  return { ...nobody, id, libraryId: 'HUM', categoryId: 'STUDENT', restricted: false, expiresOn: null }
}
