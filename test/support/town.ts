import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { approve, decline } from '../../sandbox/cards/acts.ts'
import { cardOutcome, declines } from '../../sandbox/cards/card.ts'
import type { CardPayment } from '../../sandbox/cards/world.ts'
import type { demoSettings } from '../../sandbox/demo-settings.ts'
import { type Neighbourhood, startNeighbourhood } from '../../sandbox/neighbourhood.ts'
import { createWebhookDoor } from '../../src/areas/payments/pages/webhook-door.ts'
import {
  type PaymentRequest,
  type StartOutcome,
  startPayment,
} from '../../src/areas/payments/start-payment.ts'
import { areas } from '../../src/areas.ts'
import { createLog } from '../../src/base/log.ts'
import { ore, sum } from '../../src/base/money.ts'
import { loadConfig } from '../../src/config/load.ts'
import { knownProviders } from '../../src/outside/providers/list.ts'
import { type Wired, wire } from '../../src/service/wiring.ts'
import { workOf } from '../../src/service/work-of.ts'
import type { Clock, Context } from '../../src/work/context.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

/** The product's flows and its whole neighbourhood in one process, under a clock of the test's own. */
export interface Town extends Neighbourhood {
  context: Context
  wired: Wired
  database: TestDatabase
  /** Lines that the product logged, as objects. */
  logged: Record<string, unknown>[]
  clock: Clock & { advance(seconds: number): void }
  /** What is due now is done, round after round, until nothing is due any more. */
  work(): Promise<void>
  /** Lets time pass in steps and does what becomes due. */
  passTime(seconds: number, step?: number): Promise<void>
  /** Starts a payment of all that a person may pay, or of the given debts. */
  start(userid: string, debitIds?: number[], more?: Partial<PaymentRequest>): Promise<StartOutcome>
  /** The same, and insists that it started. */
  started(userid: string, debitIds?: number[], more?: Partial<PaymentRequest>): Promise<string>
  /** The payment as the card company knows it. */
  atCards(reference: string): CardPayment
  payByCard(reference: string): void
  declineCard(reference: string): void
  stop(): Promise<void>
}

export async function startTown(
  change?: (settings: ReturnType<typeof demoSettings>) => object,
  /** What time it is as the town starts; the machine's own without one. */
  from = new Date(),
): Promise<Town> {
  let ahead = from.getTime() - Date.now()
  const clock = {
    now: () => new Date(Date.now() + ahead),
    advance: (seconds: number) => {
      ahead += seconds * 1000
    },
  }
  const database = await createTestDatabase()
  const neighbourhood = await startNeighbourhood({
    firstPort: 0,
    now: clock.now,
    database: { url: database.url },
  })
  const folder = mkdtempSync(join(tmpdir(), 'kvitt-town-'))
  const outcome = loadConfig({
    file: neighbourhood.writeSettings(folder, change),
    environment: {},
    providers: knownProviders,
  })
  if (!outcome.ok) throw new Error(outcome.faults.join('\n'))

  const logged: Record<string, unknown>[] = []
  const log = createLog('debug', { write: (line) => logged.push(JSON.parse(line)) })
  const wired = wire(outcome.config, database.db, log, clock)
  const { context } = wired
  const door = createWebhookDoor(context)
  const server = createServer((request, response) => {
    if (!door(request, response)) response.writeHead(404).end()
  })
  await new Promise<void>((done) =>
    server.listen(Number(new URL(neighbourhood.baseUrl).port), '127.0.0.1', done),
  )

  const work = async () => {
    for (let round = 0; round < 50; round += 1) {
      await neighbourhood.cards.world.webhooks.idle()
      let done = 0
      for (const doDueWork of Object.values(workOf(areas, context))) done += await doDueWork()
      if (done === 0) return
    }
    throw new Error('The work does not come to an end')
  }
  const start = (userid: string, debitIds?: number[], more: Partial<PaymentRequest> = {}) =>
    startPayment(context, wishOf(neighbourhood, userid, debitIds, more))
  const atCards = (reference: string) => {
    const payment = [...neighbourhood.cards.world.payments.values()].find(
      (one) => one.reference === reference,
    )
    if (!payment) throw new Error(`The card company knows no ${reference}`)
    return payment
  }
  return {
    ...neighbourhood,
    context,
    wired,
    database,
    logged,
    clock,
    work,
    start,
    atCards,
    passTime: async (seconds, step = 30) => {
      for (let passed = 0; passed < seconds; passed += step) {
        // No Koha is at work on a request for so long: what it was slow with ends before our clock jumps.
        await neighbourhood.koha.world.faults.quiet()
        clock.advance(Math.min(step, seconds - passed))
        await work()
      }
    },
    started: async (userid, debitIds, more) => {
      const outcome = await start(userid, debitIds, more)
      if (outcome.kind !== 'started') throw new Error(`Not started: ${JSON.stringify(outcome)}`)
      return outcome.reference
    },
    payByCard: (reference) => {
      const card = cardOutcome({ number: '4242424242424242', expiry: '12/40', cvc: '123' }, clock.now())
      if (card.kind !== 'approved') throw new Error(card.kind)
      approve(neighbourhood.cards.world, atCards(reference), card.method)
    },
    declineCard: (reference) => decline(neighbourhood.cards.world, atCards(reference), declines.declined),
    stop: async () => {
      await closeServer(server)
      await wired.offLoop.stop()
      await neighbourhood.stop()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** An öre in the millionths of a krona that Koha counts in. */
const MICRO = 10_000

/** What the form of the fees page would send: ids, and the sum that it showed. */
function wishOf(
  { koha }: Neighbourhood,
  userid: string,
  debitIds: number[] | undefined,
  more: Partial<PaymentRequest>,
): PaymentRequest {
  const patron = koha.world.patron(userid)
  const debits = koha.world.debitsOf(patron.id).filter((line) => line.outstanding > 0)
  const chosen = debitIds ?? debits.map((line) => line.id)
  return {
    patronId: patron.id,
    debitIds: chosen,
    shown: sum(
      debits
        .filter((line) => chosen.includes(line.id))
        .map((line) => ore(Math.round(line.outstanding / MICRO))),
    ),
    language: 'sv',
    receiptEmail: `${userid}@demo.kvitt.example`,
    ...more,
  }
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((done) => server.close(() => done()))
}
