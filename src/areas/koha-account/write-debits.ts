import type { ChargedDebit } from '../../outside/ports/koha.ts'
import type { Uses } from '../../work/context.ts'
import { nextTry } from '../../work/retry-plan.ts'
import { recordEvent } from '../payments/event-store.ts'
import { linesOf } from '../payments/line-store.ts'
import { lockPayment, type Payment, paymentById } from '../payments/store.ts'
import type { KohaTrouble } from '../refunds/case-facts.ts'
import { debitsToMake, type PlannedDebit, planDebits } from '../refunds/debit-plan.ts'
import { recordKoha, recordKohaTrouble } from '../refunds/move-store.ts'
import { openRefundCase } from '../refunds/open-refund-case.ts'
import { type Refund, readRefund } from '../refunds/store.ts'
import type { LineKind, Step } from './account-line.ts'
import { clearUpLine } from './clear-up-line.ts'
import { debitsOf, insertSendingDebit, type KohaDebit } from './debit-store.ts'
import { sendLine } from './send-line.ts'
import { withTurn } from './with-turn.ts'

type DebitUses = Uses<'db' | 'koha' | 'clock' | 'config' | 'log'>

/**
 * Has what was refunded owed again in Koha, once in effect, by the same discipline as a credit: see sendLine and
 * clearUpLine. Safe to call again at any moment.
 */
export async function writeDebits(uses: DebitUses, reference: string): Promise<void> {
  const { db, clock, config } = uses
  const refund = await readRefund(db, reference)
  const payment = refund && (await paymentById(db, refund.paymentId))
  if (!payment || refund.koha !== 'waiting') return
  const plan = planDebits(refund, await linesOf(db, payment.id), {
    types: config.refunds.kohaDebitTypes,
    defaultLibrary: config.koha.defaultLibrary,
  })
  if (!config.refunds.kohaDebit) return stop(uses, payment, refund, { debits: plan, trouble: null })
  if (await withTurn(uses, payment.patronId, () => runSteps(uses, payment, refund, plan))) return
  const soon = new Date(clock.now().getTime() + 3000)
  await recordKohaTrouble(db, refund.id, 'borrower-busy', soon)
}

async function runSteps(
  uses: DebitUses,
  payment: Payment,
  refund: Refund,
  plan: PlannedDebit[],
): Promise<void> {
  const kind = debitsIn(uses, payment)
  // Two rounds for each debit: one may clear up what another process left, the next sends.
  for (let round = 0; round <= 2 * plan.length; round += 1) {
    const known = (await debitsOf(uses.db, refund.id)).filter(({ state }) => state !== 'not-booked')
    const open = known.find(({ state }) => state === 'sending')
    const next = plan.find(({ reference }) => !known.some((debit) => debit.reference === reference))
    if (!open && !next) return finish(uses, payment, refund, known)
    const step = open
      ? await clearUpLine(uses, kind, open)
      : next && (await sendNext(uses, kind, payment, refund, next))
    if (step?.kind === 'later') return putOff(uses, refund, step.why, step.at)
    if (step?.kind !== 'stop') continue
    // What Koha refuses, the desk is told to make by hand.
    const debits = step.trouble.kind === 'refused' && next ? [next] : []
    return stop(uses, payment, refund, { debits, trouble: step.trouble })
  }
}

function debitsIn({ koha }: DebitUses, { patronId }: Payment): LineKind<ChargedDebit> {
  return {
    name: 'debit',
    find: (reference) => koha.debitsWithReference(patronId, reference),
  }
}

function sendNext(
  uses: DebitUses,
  kind: LineKind<ChargedDebit>,
  { patronId }: Payment,
  refund: Refund,
  debit: PlannedDebit,
): Promise<Step> {
  const { db, koha, clock } = uses
  return sendLine(uses, kind, {
    reference: debit.reference,
    intend: () => insertSendingDebit(db, refund.id, debit, clock.now()),
    post: () => koha.postDebit({ patronId, ...debit }),
  })
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
      const facts = { amount: refund.amount, because: 'returned' as const, inKoha: true }
      await openRefundCase(tx, locked, refund, { kind: 'refund-failed', facts }, now)
    }
    const facts = { refund: refund.reference, debits: debits.map(({ kohaId }) => kohaId) }
    await recordEvent(tx, payment.id, { at: now, what: 'owed-again', by: 'koha', facts })
  })
  log.info({ event: 'debits.made', refund: refund.reference, debits: debits.length }, 'owed again in Koha')
}

async function putOff(
  { db, clock, log }: DebitUses,
  refund: Refund,
  why: string,
  notBefore: Date,
): Promise<void> {
  const at = nextTry(refund.kohaTries, Math.random(), clock.now(), notBefore)
  await recordKohaTrouble(db, refund.id, why, at)
  log.warn(
    { event: 'debits.put-off', refund: refund.reference, why, next: at.toISOString() },
    'not owed again in Koha yet',
  )
}

async function stop(
  { db, clock, log }: DebitUses,
  payment: Payment,
  refund: Refund,
  { debits, trouble }: { debits: PlannedDebit[]; trouble: KohaTrouble | null },
): Promise<void> {
  const stopped = await db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.reference)
    // What a process saw before it was stopped for long is old: another may have finished the work meanwhile.
    if ((await readRefund(tx, refund.reference))?.koha !== 'waiting') return false
    const facts = { amount: refund.amount, debits: debitsToMake(debits), trouble }
    await openRefundCase(tx, locked, refund, { kind: 'refund-not-in-koha', facts }, clock.now())
    return true
  })
  if (!stopped) return
  log.error(
    { event: 'debits.stopped', refund: refund.reference, trouble },
    "a person must look at a refund's debit",
  )
}
