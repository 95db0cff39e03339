import type { Tx } from '../../database/database.ts'
import type { Uses } from '../../work/context.ts'
import { closeCasesAbout } from '../cases/store.ts'
import { refundedPostings, refundReturnedPostings } from '../ledger/posting.ts'
import { book } from '../ledger/store.ts'
import { writeRefundNotice } from '../notices/store.ts'
import { recordEvent } from '../payments/event-store.ts'
import { linesOf, type PaymentLine } from '../payments/line-store.ts'
import type { NewEvent } from '../payments/payment-event.ts'
import type { Payment } from '../payments/store.ts'
import { debitsToMake, type PlannedDebit, planDebits } from './debit-plan.ts'
import {
  recordApproval,
  recordKoha,
  recordPending,
  recordRefundEnd,
  recordSendingRefund,
  recordWithdrawal,
} from './move-store.ts'
import { openRefundCase } from './open-refund-case.ts'
import { readSurplus } from './read-surplus.ts'
import { pendingDelay, refundCause, refundStepTo } from './refund.ts'
import { refundableByLine } from './shares.ts'
import { type Refund, refundsOf } from './store.ts'

/** Why a refund failed: the provider's answer, or the room that it has left, öre. `by-person`: a person has said so. */
export type Failure =
  | { because: 'refused'; answer: string | null }
  | { because: 'no-room'; room: Refund['amount'] }
  | { because: 'by-person' }

/** Where a refund goes, with what is known of it there. `by` is a part of Kvitt, a provider or a person. */
export type RefundMove = { by: string; now: Date } & (
  | { to: 'approved' }
  | { to: 'withdrawn'; why: string }
  | { to: 'sending'; checkAt: Date }
  | { to: 'pending'; providerId: string | null }
  | { to: 'done'; providerId: string | null }
  | { to: 'failed'; providerId: string | null; failure: Failure }
)

/**
 * Moves a refund on: the only way in which its state changes. Everything that follows from it is in the same transaction:
 * the entry in the journal, what is owed again in Koha, the history. The caller holds the payment's lock. Throws when the
 * table of steps has no such step.
 */
export async function moveRefund(
  tx: Tx,
  { config }: Uses<'config'>,
  payment: Payment,
  refund: Refund,
  move: RefundMove,
): Promise<void> {
  const { by, now } = move
  const what = refundStepTo(refund.state, move.to)
  const facts = { refund: refund.reference, amount: refund.amount, ...saidOf(move) }
  await recordEvent(tx, payment.id, { at: now, what, by, facts } as NewEvent)
  // Whatever a person was to look at was about the state that it leaves.
  if (refund.parked !== null) {
    const about = { subjectKind: 'refund', subject: refund.reference, kinds: null }
    await closeCasesAbout(tx, about, { by, how: what, why: null, at: now })
  }
  if (move.to === 'done') return recordDone(tx, { config }, payment, refund, move)
  await write(tx, refund, move)
  if (move.to === 'failed') return recordFailure(tx, { config }, payment, refund, move)
}

function saidOf(move: RefundMove): object {
  if (move.to === 'withdrawn') return { why: move.why }
  if (move.to === 'approved') return { why: null }
  return move.to === 'failed' && move.failure.because === 'refused' ? { answer: move.failure.answer } : {}
}

function write(tx: Tx, { id }: Refund, move: Exclude<RefundMove, { to: 'done' }>): Promise<void> {
  const { by, now } = move
  switch (move.to) {
    case 'approved':
      return recordApproval(tx, id, by, now)
    case 'withdrawn':
      return recordWithdrawal(tx, id, now)
    case 'sending':
      return recordSendingRefund(tx, id, now, move.checkAt)
    case 'pending':
      return recordPending(tx, id, move.providerId, new Date(now.getTime() + pendingDelay(0)))
    case 'failed':
      return recordRefundEnd(tx, id, { state: 'failed', providerId: move.providerId, at: now })
  }
}

/** The money is with the payer: it is booked, owed again in Koha, and told. */
async function recordDone(
  tx: Tx,
  { config }: Uses<'config'>,
  payment: Payment,
  refund: Refund,
  { providerId, now }: RefundMove & { to: 'done' },
): Promise<void> {
  const lines = await linesOf(tx, payment.id)
  const { refunds, koha } = config
  const types = { types: refunds.kohaDebitTypes, defaultLibrary: koha.defaultLibrary }
  const debits = planDebits(refund, lines, types)
  const ours = refund.cause === 'person' && refunds.kohaDebit && refund.koha === 'none'
  await recordRefundEnd(tx, refund.id, {
    state: 'done',
    providerId,
    at: now,
    koha: debits.length === 0 ? null : ours ? 'waiting' : 'parked',
  })
  const cause = refundCause(refund.reference, refund.timesDone + 1)
  await book(tx, refundedPostings(cause, refundedLines(refund, lines), config.economy.accounts), now)
  if (debits.length > 0 && !ours) await openDebitsCase(tx, payment, refund, debits, now)
  const told = { paymentId: payment.id, refundId: refund.id, reference: refund.reference }
  await writeRefundNotice(tx, { ...told, time: refund.timesDone + 1, now })
  await clearSurplus(tx, payment, lines, now)
}

/** Nothing was given back, or it has come back: a person has to find another way to the payer. */
async function recordFailure(
  tx: Tx,
  { config }: Uses<'config'>,
  payment: Payment,
  refund: Refund,
  { failure, now }: RefundMove & { to: 'failed' },
): Promise<void> {
  const { amount } = refund
  if (refund.state !== 'done') {
    if (failure.because === 'by-person') return
    return openRefundCase(tx, payment, refund, { kind: 'refund-failed', facts: { amount, ...failure } }, now)
  }
  const lines = await linesOf(tx, payment.id)
  const cause = refundCause(refund.reference, refund.timesDone)
  await book(tx, refundReturnedPostings(cause, refundedLines(refund, lines), config.economy.accounts), now)
  if (refund.koha === 'waiting') await recordKoha(tx, refund.id, 'none', null)
  const inKoha = refund.koha === 'done' || refund.koha === 'by-hand'
  const facts = { amount, because: 'returned' as const, inKoha }
  await openRefundCase(tx, payment, refund, { kind: 'refund-failed', facts }, now)
}

/** What was credited in Koha and is refunded now is owed there again: by the desk, when it is not for us to do. */
function openDebitsCase(
  tx: Tx,
  payment: Payment,
  refund: Refund,
  debits: PlannedDebit[],
  now: Date,
): Promise<void> {
  const facts = { amount: refund.amount, debits: debitsToMake(debits) }
  const one =
    refund.cause === 'elsewhere'
      ? { kind: 'refunded-elsewhere' as const, facts }
      : { kind: 'refund-not-in-koha' as const, facts: { ...facts, trouble: null } }
  return openRefundCase(tx, payment, refund, one, now)
}

/** Nobody needs to look at a payment's surplus any more when all of it is given back. */
async function clearSurplus(tx: Tx, payment: Payment, lines: PaymentLine[], now: Date): Promise<void> {
  if (payment.parked === null) return
  const surplus = await readSurplus(tx, payment)
  const done = (await refundsOf(tx, payment.id)).filter(({ state }) => state === 'done')
  const left = refundableByLine(
    lines,
    surplus,
    done.flatMap(({ shares }) => shares),
  )
  if (left.some((pot) => pot.surplus > 0)) return
  const about = { subjectKind: 'payment', subject: payment.reference, kinds: ['surplus'] }
  await closeCasesAbout(tx, about, { by: 'kvitt', how: 'refunded', why: null, at: now })
}

function refundedLines({ shares }: Refund, lines: PaymentLine[]) {
  return shares.map(({ lineId, income, surplus }) => {
    const line = lines.find(({ id }) => id === lineId)
    if (!line) throw new Error(`A refund of a line ${lineId} that its payment does not have`)
    return { part: lineId, income, surplus, coding: line.coding, debtType: line.debitType }
  })
}
