import { randomUUID } from 'node:crypto'
import type { Uses } from '../context.ts'
import { sum } from '../money.ts'
import type { Account, Credit } from '../outside/ports/koha.ts'
import type { Trouble } from '../outside/ports/neighbour.ts'
import { finishWriteBack } from './finish-write-back.ts'
import { linesOf, type Payment, type PaymentLine, park, readPayment, recordEvent } from './store.ts'
import {
  carries,
  creditReference,
  oddities,
  type PlannedCredit,
  planCredits,
  retryDelay,
} from './write-back-plan.ts'
import {
  creditsOf,
  giveTurnBack,
  insertSending,
  type KohaCredit,
  parkWriteBack,
  recordBooked,
  recordNotBooked,
  recordTrouble,
  takeTurn,
  writeBackOf,
} from './write-back-store.ts'

type WriteBackUses = Uses<'db' | 'koha' | 'jobs' | 'clock' | 'config' | 'log'>

/** What one step towards the credit came to. `later` is a time; `stop` needs a person. */
type Step =
  | { kind: 'on' }
  | { kind: 'later'; why: string; at: Date }
  | { kind: 'stop'; reason: 'koha-undecidable' | 'koha-refuses'; why: string }

/**
 * Registers a paid payment in Koha, once in effect. Koha has no idempotency key, so before anything is sent again we
 * look for our own reference; what cannot be decided is left to a person. One at a time for each patron, over all
 * instances, because Koha takes no lock (Koha/Account/Line.pm). Safe to call again at any moment.
 */
export async function writeBack(uses: WriteBackUses, reference: string): Promise<void> {
  const { db, clock, config } = uses
  const payment = await readPayment(db, reference)
  if (!payment || (await writeBackOf(db, payment.id))?.state !== 'waiting') return

  const holder = randomUUID()
  const now = clock.now()
  // The turn outlives the longest that Koha may still be at work for us, so that nobody else writes in between.
  const until = new Date(
    now.getTime() + (config.koha.writeSeconds + config.koha.longestRequestSeconds) * 1000,
  )
  if (!(await takeTurn(db, payment.patronId, holder, now, until))) {
    await recordTrouble(
      db,
      payment.id,
      'another payment of this borrower is being registered',
      new Date(now.getTime() + 3000),
    )
    return
  }
  try {
    await takeSteps(uses, payment)
  } finally {
    await giveTurnBack(db, payment.patronId, holder)
  }
}

async function takeSteps(uses: WriteBackUses, payment: Payment): Promise<void> {
  const lines = await linesOf(uses.db, payment.id)
  // A round clears up a credit, books one, or ends; a payment has at most one credit for each line.
  const mostRounds = 2 * lines.length + 2
  for (let round = 0; round < mostRounds; round += 1) {
    const credits = (await creditsOf(uses.db, payment.id)).filter(({ state }) => state !== 'not-booked')
    const open = credits.find(({ state }) => state === 'sending')
    const step = open ? await clearUp(uses, payment, open) : await sendNext(uses, payment, lines, credits)
    if (step === 'complete') return finishWriteBack(uses, payment, lines, credits)
    if (step.kind === 'later') return putOff(uses, payment, step.why, step.at)
    if (step.kind === 'stop') return stop(uses, payment, step.reason, step.why)
  }
}

/** A credit went out and its outcome is unknown: wait until Koha cannot be at work on it any more, then look for it. */
async function clearUp(
  { db, koha, clock, config }: WriteBackUses,
  payment: Payment,
  open: KohaCredit,
): Promise<Step> {
  const lookFrom = new Date(open.sentAt.getTime() + config.koha.longestRequestSeconds * 1000)
  if (clock.now() < lookFrom)
    return { kind: 'later', why: 'waiting until Koha has surely finished', at: lookFrom }

  const found = await koha.creditsWithReference(payment.patronId, open.reference)
  if (!found.ok) return later(found.trouble, clock.now(), 5)
  const ours = found.value.filter((credit) => carries(credit, open.reference))
  const [credit, ...more] = ours
  if (!credit) {
    await recordNotBooked(db, open.id)
    return { kind: 'on' }
  }
  if (more.length > 0 || credit.amount !== open.amount) {
    return {
      kind: 'stop',
      reason: 'koha-undecidable',
      why: `Koha has ${ours.length} credits with ${open.reference}, sums that we did not send`,
    }
  }
  await recordBooked(db, open.id, credit.id, clock.now())
  return { kind: 'on' }
}

/** Sends the next credit that the lines not yet credited call for; `complete` when there is none. */
async function sendNext(
  uses: WriteBackUses,
  payment: Payment,
  lines: PaymentLine[],
  booked: KohaCredit[],
): Promise<Step | 'complete'> {
  const { db, koha, clock, config } = uses
  const account = await koha.account(payment.patronId)
  if (!account.ok) return later(account.trouble, clock.now(), 5)
  const done = new Set(booked.flatMap(({ debits }) => debits.map(({ id }) => id)))
  const [plan] = planCredits(
    lines.filter(({ debitId }) => !done.has(debitId)),
    account.value.debits,
  )
  if (!plan) return 'complete'

  const reference = creditReference(payment.reference, booked.length)
  const known = await koha.creditsWithReference(payment.patronId, reference)
  if (!known.ok) return later(known.trouble, clock.now(), 5)
  if (known.value.some((credit) => carries(credit, reference))) {
    // We have no row of sending it, yet it is there: our tables are older than Koha (a restored backup).
    return {
      kind: 'stop',
      reason: 'koha-undecidable',
      why: `Koha already has a credit with ${reference}, which we do not remember`,
    }
  }
  const libraryId = plan.libraryId ?? config.koha.defaultLibrary
  const id = await insertSending(db, payment.id, reference, { ...plan, libraryId }, clock.now())
  return send(uses, payment, { ...plan, id, reference, libraryId }, account.value)
}

type Outgoing = PlannedCredit & { id: number; reference: string; libraryId: string }

async function send(uses: WriteBackUses, payment: Payment, credit: Outgoing, before: Account): Promise<Step> {
  const { db, koha, clock, config } = uses
  const outcome = await koha.postCredit({
    patronId: payment.patronId,
    amount: sum(credit.debits.map(({ amount }) => amount)),
    debitIds: credit.debits.map(({ id }) => id),
    libraryId: credit.libraryId,
    paymentType: config.koha.paymentType,
    reference: credit.reference,
    note: `${payment.provider} ${payment.checkoutId}`,
  })
  switch (outcome.kind) {
    case 'booked':
      await recordBooked(db, credit.id, outcome.credit.id, clock.now())
      await compareAfter(uses, payment, credit, outcome.credit, before)
      return { kind: 'on' }
    case 'not-sent':
      await recordNotBooked(db, credit.id)
      return later(outcome.trouble, clock.now(), 5)
    case 'refused':
      await recordNotBooked(db, credit.id)
      // A missing permission is mended by the Koha administrator and then it works; anything else needs eyes.
      if (outcome.trouble.kind === 'forbidden') return later(outcome.trouble, clock.now(), 5)
      return { kind: 'stop', reason: 'koha-refuses', why: outcome.trouble.message }
    case 'unknown':
      return later(outcome.trouble, clock.now(), config.koha.longestRequestSeconds)
  }
}

/** Reads the account once more. What is odd is told to staff; the credit stands, and nothing is sent again because of it. */
async function compareAfter(
  { db, koha, clock, log }: WriteBackUses,
  payment: Payment,
  sent: PlannedCredit,
  credit: Credit,
  before: Account,
): Promise<void> {
  const after = await koha.account(payment.patronId)
  if (!after.ok) return
  const odd = oddities(credit, sent, before.debits, after.value.debits)
  if (odd.length === 0) return
  log.error({ payment: payment.reference, odd }, 'Koha did not apply the credit as sent')
  await db.transaction(async (tx) => {
    await park(tx, payment.id, 'koha-differs', odd.join('; '), clock.now())
    await recordEvent(tx, payment.id, { at: clock.now(), what: 'parked', by: 'koha', detail: odd.join('; ') })
  })
}

function later(trouble: Trouble, now: Date, seconds: number): Step {
  return { kind: 'later', why: trouble.message, at: new Date(now.getTime() + seconds * 1000) }
}

async function putOff(
  { db, clock, log }: WriteBackUses,
  payment: Payment,
  why: string,
  notBefore: Date,
): Promise<void> {
  const tries = (await writeBackOf(db, payment.id))?.tries ?? 0
  const byPlan = new Date(clock.now().getTime() + retryDelay(tries, Math.random()))
  const at = byPlan > notBefore ? byPlan : notBefore
  await recordTrouble(db, payment.id, why, at)
  log.warn({ payment: payment.reference, why, next: at.toISOString() }, 'not registered in Koha yet')
}

async function stop(
  { db, clock, log }: WriteBackUses,
  payment: Payment,
  reason: 'koha-undecidable' | 'koha-refuses',
  why: string,
): Promise<void> {
  const now = clock.now()
  await db.transaction(async (tx) => {
    await parkWriteBack(tx, payment.id, why)
    await park(tx, payment.id, reason, why, now)
    await recordEvent(tx, payment.id, { at: now, what: 'parked', by: 'koha', detail: why })
  })
  log.error({ payment: payment.reference, reason, why }, 'write-back parked')
}
