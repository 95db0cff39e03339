import { randomUUID } from 'node:crypto'
import type { Uses } from '../context.ts'
import type { ChargedDebit } from '../outside/ports/koha.ts'
import type { Trouble } from '../outside/ports/neighbour.ts'
import { paymentById } from './list-store.ts'
import { parkBoth } from './move-refund.ts'
import { debitsByHand, type PlannedDebit, planDebits } from './refund-debit-plan.ts'
import {
  debitsOf,
  insertSendingDebit,
  type KohaDebit,
  recordDebitBooked,
  recordDebitNotBooked,
} from './refund-debit-store.ts'
import { type Refund, readRefund, recordKoha, recordKohaTrouble } from './refund-store.ts'
import { linesOf, lockPayment, type Payment, recordEvent } from './store.ts'
import { carries, retryDelay } from './write-back-plan.ts'
import { giveTurnBack, takeTurn } from './write-back-store.ts'

type DebitUses = Uses<'db' | 'koha' | 'clock' | 'config' | 'log'>

/** What one step towards the debits came to; see write-back.ts. */
type Step = { kind: 'on' } | { kind: 'later'; why: string; at: Date } | { kind: 'stop'; why: string }

/**
 * Has what was refunded owed again in Koha, once in effect, by the same discipline as a credit: the intent is committed
 * before the request leaves, and after an unknown outcome we wait until Koha must have finished and look for our
 * reference among the patron's debits. One at a time for each patron. Safe to call again at any moment.
 */
export async function writeRefundDebits(uses: DebitUses, reference: string): Promise<void> {
  const { db, clock, config } = uses
  const refund = await readRefund(db, reference)
  const payment = refund && (await paymentById(db, refund.paymentId))
  if (!payment || refund.koha !== 'waiting') return
  const plan = planDebits(refund, await linesOf(db, payment.id), {
    types: config.refunds.kohaDebitTypes,
    defaultLibrary: config.koha.defaultLibrary,
  })
  if (!config.refunds.kohaDebit) return stop(uses, payment, refund, debitsByHand(plan))

  const holder = randomUUID()
  const now = clock.now()
  const until = new Date(
    now.getTime() + (config.koha.writeSeconds + config.koha.longestRequestSeconds) * 1000,
  )
  if (!(await takeTurn(db, payment.patronId, holder, now, until))) {
    const soon = new Date(now.getTime() + 3000)
    return recordKohaTrouble(db, refund.id, 'another line of this borrower is being written', soon)
  }
  try {
    await takeSteps(uses, payment, refund, plan)
  } finally {
    await giveTurnBack(db, payment.patronId, holder)
  }
}

async function takeSteps(
  uses: DebitUses,
  payment: Payment,
  refund: Refund,
  plan: PlannedDebit[],
): Promise<void> {
  // Two rounds for each debit: one may clear up what another process left, the next sends.
  for (let round = 0; round <= 2 * plan.length; round += 1) {
    const known = (await debitsOf(uses.db, refund.id)).filter(({ state }) => state !== 'not-booked')
    const open = known.find(({ state }) => state === 'sending')
    const next = plan.find(({ reference }) => !known.some((debit) => debit.reference === reference))
    if (!open && !next) return finish(uses, payment, refund, known)
    const step = open
      ? await clearUp(uses, payment, open)
      : next && (await sendNext(uses, payment, refund, next))
    if (step?.kind === 'later') return putOff(uses, refund, step.why, step.at)
    if (step?.kind === 'stop') return stop(uses, payment, refund, step.why)
  }
}

/** A debit went out and its outcome is unknown: wait until Koha cannot be at work on it any more, then look for it. */
async function clearUp(
  { db, koha, clock, config }: DebitUses,
  payment: Payment,
  open: KohaDebit,
): Promise<Step> {
  const lookFrom = new Date(open.sentAt.getTime() + config.koha.longestRequestSeconds * 1000)
  if (clock.now() < lookFrom)
    return { kind: 'later', why: 'waiting until Koha has surely finished', at: lookFrom }
  const found = await koha.debitsWithReference(payment.patronId, open.reference)
  if (!found.ok) return later(found.trouble, clock.now(), 5)
  const [debit, ...more] = ours(found.value, open.reference)
  if (!debit) {
    await recordDebitNotBooked(db, open.id)
    return { kind: 'on' }
  }
  if (more.length > 0 || debit.amount !== open.amount) {
    const why = `Koha has ${more.length + 1} debits with ${open.reference}, sums that we did not send`
    return { kind: 'stop', why }
  }
  await recordDebitBooked(db, open.id, debit.id, clock.now())
  return { kind: 'on' }
}

async function sendNext(
  uses: DebitUses,
  payment: Payment,
  refund: Refund,
  debit: PlannedDebit,
): Promise<Step> {
  const { db, koha, clock, config } = uses
  const known = await koha.debitsWithReference(payment.patronId, debit.reference)
  if (!known.ok) return later(known.trouble, clock.now(), 5)
  if (ours(known.value, debit.reference).length > 0) {
    // We have no row of sending it: our tables are older than Koha, or the desk has done it by hand.
    return { kind: 'stop', why: `Koha already has a debit with ${debit.reference}, which we do not remember` }
  }
  const id = await insertSendingDebit(db, refund.id, debit, clock.now())
  const outcome = await koha.postDebit({ patronId: payment.patronId, ...debit })
  switch (outcome.kind) {
    case 'booked':
      await recordDebitBooked(db, id, outcome.debit.id, clock.now())
      return { kind: 'on' }
    case 'not-sent':
      await recordDebitNotBooked(db, id)
      return later(outcome.trouble, clock.now(), 5)
    case 'refused':
      await recordDebitNotBooked(db, id)
      if (outcome.trouble.kind === 'forbidden') return later(outcome.trouble, clock.now(), 300)
      return { kind: 'stop', why: `${outcome.trouble.message}; ${debitsByHand([debit])}` }
    case 'unknown':
      return later(outcome.trouble, clock.now(), config.koha.longestRequestSeconds)
  }
}

function ours(debits: ChargedDebit[], reference: string): ChargedDebit[] {
  return debits.filter((debit) => carries(debit, reference))
}

function later(trouble: Trouble, now: Date, seconds: number): Step {
  return { kind: 'later', why: trouble.message, at: new Date(now.getTime() + seconds * 1000) }
}

async function finish(
  { db, clock, log }: DebitUses,
  payment: Payment,
  refund: Refund,
  debits: KohaDebit[],
): Promise<void> {
  await db.transaction(async (tx) => {
    const now = clock.now()
    const locked = await lockPayment(tx, payment.reference)
    await recordKoha(tx, refund.id, 'done', null)
    if ((await readRefund(tx, refund.reference))?.state === 'failed') {
      // It came back from the payer's bank while Koha was being told.
      const detail = `${refund.reference} came back: take its debits out of Koha again`
      await parkBoth(tx, locked, refund, 'refund-failed', detail, now)
    }
    const ids = debits.map(({ kohaId }) => kohaId).join(' ')
    await recordEvent(tx, payment.id, { at: now, what: 'owed-again', by: 'koha', detail: ids })
  })
  log.info(
    { payment: payment.reference, refund: refund.reference, debits: debits.length },
    'owed again in Koha',
  )
}

async function putOff(
  { db, clock, log }: DebitUses,
  refund: Refund,
  why: string,
  notBefore: Date,
): Promise<void> {
  const byPlan = new Date(clock.now().getTime() + retryDelay(refund.kohaTries, Math.random()))
  const at = byPlan > notBefore ? byPlan : notBefore
  await recordKohaTrouble(db, refund.id, why, at)
  log.warn({ refund: refund.reference, why, next: at.toISOString() }, 'not owed again in Koha yet')
}

async function stop(
  { db, clock, log }: DebitUses,
  payment: Payment,
  refund: Refund,
  why: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.reference)
    await parkBoth(tx, locked, refund, 'refund-not-in-koha', why, clock.now())
  })
  log.error({ payment: payment.reference, refund: refund.reference, why }, "a refund's debit is parked")
}
