import { sumText } from '../../base/money.ts'
import type { Tx } from '../../database/database.ts'
import type { Uses } from '../../work/context.ts'
import { refundedPostings, refundReturnedPostings } from '../ledger/posting.ts'
import { book, postingsOf } from '../ledger/store.ts'
import { writeRefundNotice } from '../notices/store.ts'
import { recordEvent } from '../payments/event-store.ts'
import { linesOf, type PaymentLine } from '../payments/line-store.ts'
import { parkAlso } from '../payments/parked-store.ts'
import type { ParkReason } from '../payments/payment.ts'
import type { Payment } from '../payments/store.ts'
import { debitsByHand, planDebits } from './debit-plan.ts'
import { parkRefund, recordKoha, recordPending, recordRefundEnd, unparkRefund } from './move-store.ts'
import { pendingDelay, refundCause } from './refund.ts'
import { settleParked } from './settle-parked.ts'
import { potsOf } from './shares.ts'
import { type Refund, refundsOf } from './store.ts'

export interface RefundMove {
  to: 'pending' | 'done' | 'failed'
  /** The name of the step, as refundSteps has it. */
  step: string
  providerId: string | null
  /** A part of Kvitt, a provider or a person. */
  by: string
  /** What is to be said beside the sum. */
  why: string | null
  /** A person has said so: they need not be told that it failed. */
  byPerson?: boolean
  now: Date
}

/**
 * Takes a refund one step on, with everything that follows from it in the same transaction: the entry in the journal,
 * what is owed again in Koha, the history. The caller holds the payment's lock and has looked the step up.
 */
export async function moveRefund(
  tx: Tx,
  { config }: Uses<'config'>,
  payment: Payment,
  refund: Refund,
  move: RefundMove,
): Promise<void> {
  const { to, step, providerId, by, why, now } = move
  const lines = await linesOf(tx, payment.id)
  const words = [refund.reference, sumText(refund.amount), why]
  await recordEvent(tx, payment.id, { at: now, what: step, by, detail: words.filter(Boolean).join(' ') })
  if (refund.parked !== null) {
    await unparkRefund(tx, refund.id)
    if (payment.parked === refund.parked) await settleParked(tx, payment.id, now)
  }
  if (to === 'pending') {
    return recordPending(tx, refund.id, providerId, new Date(now.getTime() + pendingDelay(0)))
  }
  await recordRefundEnd(tx, refund.id, { state: to, providerId, at: now })
  if (to === 'failed') return recordFailure(tx, { config }, payment, refund, lines, move)

  const cause = refundCause(refund.reference, refund.timesDone + 1)
  await book(tx, refundedPostings(cause, refundedLines(refund, lines), config.economy.accounts), now)
  await chargeAgain(tx, { config }, payment, refund, lines, now)
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
  lines: PaymentLine[],
  { why, byPerson, now }: RefundMove,
): Promise<void> {
  const sum = `${refund.reference}: ${sumText(refund.amount)}`
  if (refund.state !== 'done') {
    if (byPerson) return
    return parkBoth(
      tx,
      payment,
      refund,
      'refund-failed',
      `${sum} could not be refunded${why ? `: ${why}` : ''}`,
      now,
    )
  }
  const cause = refundCause(refund.reference, refund.timesDone)
  await book(tx, refundReturnedPostings(cause, refundedLines(refund, lines), config.economy.accounts), now)
  if (refund.koha === 'waiting') await recordKoha(tx, refund.id, 'none', null)
  const inKoha =
    refund.koha === 'done' || refund.koha === 'by-hand' ? '; take its debits out of Koha again' : ''
  await parkBoth(tx, payment, refund, 'refund-failed', `${sum} came back from the payer's bank${inKoha}`, now)
}

/** What was credited in Koha and is refunded now is owed there again: by us, or by the desk when it is set so. */
async function chargeAgain(
  tx: Tx,
  { config }: Uses<'config'>,
  payment: Payment,
  refund: Refund,
  lines: PaymentLine[],
  now: Date,
): Promise<void> {
  const { refunds, koha } = config
  const types = { types: refunds.kohaDebitTypes, defaultLibrary: koha.defaultLibrary }
  const debits = planDebits(refund, lines, types)
  if (debits.length === 0) return
  if (refund.cause === 'person' && refunds.kohaDebit && refund.koha === 'none') {
    return recordKoha(tx, refund.id, 'waiting', now)
  }
  await recordKoha(tx, refund.id, 'parked', null)
  const elsewhere = refund.cause === 'elsewhere'
  const told = elsewhere
    ? `${sumText(refund.amount)} was refunded outside Kvitt; if it is to be owed again, `
    : ''
  const reason = elsewhere ? 'refunded-elsewhere' : 'refund-not-in-koha'
  await parkBoth(tx, payment, refund, reason, `${told}${debitsByHand(debits)}`, now)
}

/** A payment that waits for a person only because of its surplus waits no longer when all of that is given back. */
async function clearSurplus(tx: Tx, payment: Payment, lines: PaymentLine[], now: Date): Promise<void> {
  if (payment.parked !== 'surplus') return
  const surplus = await surplusOfPayment(tx, payment)
  const done = (await refundsOf(tx, payment.id)).filter(({ state }) => state === 'done')
  const left = potsOf(
    lines,
    surplus,
    done.flatMap(({ shares }) => shares),
  )
  if (left.every((pot) => pot.surplus === 0)) await settleParked(tx, payment.id, now)
}

/** What was taken for debts that had shrunk, line by line, as it was set apart in the journal. */
export async function surplusOfPayment(tx: Tx, { reference }: Payment) {
  const postings = await postingsOf(tx, reference)
  return postings
    .filter(({ kind }) => kind === 'surplus')
    .map(({ part, amount }) => ({ lineId: part, amount }))
}

/** Puts a refund before a person, in its own row and on the payment's. */
export async function parkBoth(
  tx: Tx,
  payment: Payment,
  refund: Pick<Refund, 'id'>,
  reason: ParkReason,
  detail: string,
  now: Date,
): Promise<void> {
  await parkRefund(tx, refund.id, reason, detail, now)
  await parkAlso(tx, payment.id, reason, detail, now)
  await recordEvent(tx, payment.id, { at: now, what: 'parked', by: 'kvitt', detail })
}

function refundedLines({ shares }: Refund, lines: PaymentLine[]) {
  return shares.map(({ lineId, income, surplus }) => {
    const line = lines.find(({ id }) => id === lineId)
    if (!line) throw new Error(`A refund of a line ${lineId} that its payment does not have`)
    return { part: lineId, income, surplus, coding: line.coding, debtType: line.debitType }
  })
}
