import { demoSettings } from '../../sandbox/demo-settings.ts'
import type { Coding } from '../../src/areas/ledger/coding.ts'
import type { Posting } from '../../src/areas/ledger/posting.ts'
import { book } from '../../src/areas/ledger/store.ts'
import type { Actor } from '../../src/base/actor.ts'
import { createLog } from '../../src/base/log.ts'
import { ore } from '../../src/base/money.ts'
import type { Config } from '../../src/config/load.ts'
import { settingsSchema } from '../../src/config/schema.ts'
import type { Database } from '../../src/database/database.ts'
import { createEconomyFiles } from '../../src/outside/economy/economy-files.ts'
import type { Clock } from '../../src/work/context.ts'
import { createOffLoop } from '../../src/work/off-loop/off-loop.ts'

/** The demo university's settings, with neighbours that nobody calls. */
export function quietConfig(
  change: (settings: ReturnType<typeof demoSettings>) => object = (same) => same,
): Config {
  const nobody = 'http://127.0.0.1:9'
  const settings = demoSettings({
    baseUrl: nobody,
    port: 0,
    databaseFolder: 'none',
    koha: { apiUrl: `${nobody}/api/v1`, clientId: 'x', clientSecret: 'x', opac: nobody },
    cards: {
      url: nobody,
      netsSecretKey: 'x',
      netsWebhookSecret: 'x',
      stripeSecretKey: 'x',
      stripeWebhookSecret: 'x',
    },
    idp: { entityId: nobody, signOnUrl: nobody, certificate: 'x' },
    smtp: { host: '127.0.0.1', port: 9 },
  })
  // Nobody signs in here, so no identity provider with a certificate is needed.
  const { saml: _saml, ...rest } = change(settings) as ReturnType<typeof demoSettings>
  const checked = settingsSchema.omit({ saml: true }).parse(rest)
  return {
    ...checked,
    saml: {} as Config['saml'],
    coding: [],
    neededParts: ['costCentre', 'activity'],
    folder: '/',
  }
}

/** Its threads end by themselves when nothing is made any more. */
const offLoop = createOffLoop()

/** What the flows of the exports use, over a test's own database. */
export function booksOver(db: Database, clock: Clock = { now: () => new Date() }, config = quietConfig()) {
  return {
    db,
    clock,
    config,
    economyFiles: createEconomyFiles(config.economy.formats, offLoop),
    log: createLog('silent'),
  }
}

export const lateFee: Coding = {
  account: '31900',
  costCentre: '600110',
  activity: '70',
  project: null,
  counterparty: null,
  vat: 'O',
}

/** Somebody of the demo's staff, at a desk of theirs. */
export function staffCalled(name: string): Actor {
  return { who: `${name}@demo.kvitt.example`, role: 'economy', address: '192.0.2.7', request: 'a-request' }
}

let lastCause = 0

/** A posting of money paid by card, with a reference of its own. */
export function paidPosting(amount: number, more: Partial<Posting> = {}): Posting {
  lastCause += 1
  const cause = more.cause ?? `KV-TEST-${String(lastCause).padStart(4, '0')}-AA`
  const coding = more.coding ?? lateFee
  return {
    from: coding.account,
    to: '15810',
    amount: ore(amount),
    coding,
    cause,
    kind: 'paid',
    part: 1,
    text: `OVERDUE ${cause}`,
    ...more,
  }
}

export async function bookAll(db: Database, postings: Posting[], at = new Date()): Promise<void> {
  await db.transaction((tx) => book(tx, postings, at))
}
