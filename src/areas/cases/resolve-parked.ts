import type { Actor } from '../../base/actor.ts'
import type { Tx } from '../../database/database.ts'
import type { Uses } from '../../work/context.ts'
import { recordAudit } from '../audit/audit-store.ts'
import { finishIn } from '../koha-account/finish-write-back.ts'
import { recordEvent } from '../payments/event-store.ts'
import { linesOf, releaseDebts } from '../payments/line-store.ts'
import { makeLookDue } from '../payments/look-store.ts'
import { unpark } from '../payments/parked-store.ts'
import { canStillBePaid, type ParkReason } from '../payments/payment.ts'
import { lockPayment, type Payment, readPayment, recordEnd } from '../payments/store.ts'
import {
  creditsOf,
  type KohaCredit,
  recordByHand,
  resumeWriteBack,
  writeBackOf,
} from '../payments/write-back-store.ts'
import { moveRefund } from '../refunds/move-refund.ts'
import { makeRefundDue, recordKoha, unparkRefund } from '../refunds/move-store.ts'
import { refundSteps } from '../refunds/refund.ts'
import { settleCheckout } from '../refunds/settle-checkout.ts'
import { settleParked } from '../refunds/settle-parked.ts'
import { type Refund, refundsOf } from '../refunds/store.ts'
import { waysOut } from './ways-out.ts'

export interface Resolution {
  /** The payment's. */
  reference: string
  how: 'try-again' | 'ask-provider' | 'by-hand' | 'give-back'
  /** The reason that the page showed: another one is another matter. */
  shown: ParkReason
  actor: Actor
  /** Why it is resolved. Required when it is resolved by hand or given back. */
  reason: string
  /** For a refund of which nobody could tell: whether the payer has got the money. */
  refundWent?: boolean
}

export type ResolveOutcome =
  /** What still stands on the list; null when it is off. */
  | { kind: 'resolved'; parked: ParkReason | null }
  | { kind: 'no-such-payment' }
  | { kind: 'not-parked' }
  /** Something else is parked now than the page showed. */
  | { kind: 'changed'; now: ParkReason }
  | { kind: 'reason-missing' }
  /** It must be said whether the payer has got the money. */
  | { kind: 'outcome-missing' }
  /** This reason has no such way out, or not now. */
  | { kind: 'impossible' }

type ResolveUses = Uses<'db' | 'providers' | 'jobs' | 'clock' | 'config' | 'log'>

/**
 * A person sees to parked work. Whatever they do becomes an entry in the payment's history with who and why; no row is
 * edited but the ones that say what remains to be done.
 */
export async function resolveParked(uses: ResolveUses, resolution: Resolution): Promise<ResolveOutcome> {
  const { db, jobs, log } = uses
  const { reference, how, actor } = resolution
  if (!(await readPayment(db, reference))) return { kind: 'no-such-payment' }
  const refused = await db.transaction((tx) => resolveIn(tx, uses, resolution))
  if (refused) return refused
  if (how === 'ask-provider') await settleCheckout(uses, reference, 'must-know')
  jobs.wake('payments')
  jobs.wake('refunds')
  jobs.wake('write-backs')
  log.info({ payment: reference, how, by: actor.who }, 'parked work seen to')
  return { kind: 'resolved', parked: (await readPayment(db, reference))?.parked ?? null }
}

async function resolveIn(
  tx: Tx,
  uses: ResolveUses,
  { reference, how, shown, actor, reason, refundWent }: Resolution,
): Promise<ResolveOutcome | undefined> {
  const payment = await lockPayment(tx, reference)
  if (payment.parked === null) return { kind: 'not-parked' }
  if (payment.parked !== shown) return { kind: 'changed', now: payment.parked }
  const ways = waysOut[payment.parked]
  const possible = {
    'try-again': ways.tryAgain,
    'ask-provider': ways.askProvider,
    'give-back': ways.giveBack,
  }
  if (how !== 'by-hand' && !possible[how]) return { kind: 'impossible' }
  const why = reason.trim()
  if ((how === 'by-hand' || how === 'give-back') && why === '') return { kind: 'reason-missing' }

  const credits = await creditsOf(tx, payment.id)
  if (how === 'give-back' && credits.some(({ state }) => state === 'sending')) return { kind: 'impossible' }
  const refund = (await refundsOf(tx, payment.id)).find(({ parked }) => parked === payment.parked)
  const undecided = how === 'by-hand' && refund?.state === 'sending'
  if (undecided && refundWent === undefined) return { kind: 'outcome-missing' }

  const by = actor.who
  const now = uses.clock.now()
  const detail = [`${payment.parked}:`, payment.parkedDetail, why && `– ${why}`].filter(Boolean).join(' ')
  const what = {
    'try-again': 'tried-again',
    'ask-provider': 'asked',
    'by-hand': 'resolved-by-hand',
    'give-back': 'given-back',
  }
  await recordEvent(tx, payment.id, { at: now, what: what[how], by, detail })
  if (how === 'try-again') await tryAgain(tx, payment, refund, now)
  if (how === 'ask-provider' && payment.state !== 'paid') await askAgain(tx, payment, now)
  if (how === 'give-back') await closeWriteBack(tx, uses, payment, credits, now)
  if (how === 'by-hand') {
    if (undecided) await decideRefund(tx, uses, payment, refund, { went: refundWent === true, by, why, now })
    else await endByHand(tx, payment, refund, now)
    await settleParked(tx, payment.id, now)
  }
  await recordAudit(tx, now, {
    actor,
    act: 'parked-resolved',
    subject: `payment ${reference}`,
    before: { parked: payment.parked },
    after: { how, parked: (await readPayment(tx, reference))?.parked ?? null },
    ...(why && { reason: why }),
  })
  return undefined
}

/** What waited for a person waits for Kvitt again. */
async function tryAgain(tx: Tx, payment: Payment, refund: Refund | undefined, now: Date): Promise<void> {
  if (refund) {
    await unparkRefund(tx, refund.id)
    if (refund.koha === 'parked') await recordKoha(tx, refund.id, 'waiting', now)
    else await makeRefundDue(tx, refund.id, now)
  } else if (payment.parked === 'refund-undecidable') {
    await makeLookDue(tx, payment.id, now)
  } else {
    await resumeWriteBack(tx, payment.id, now)
  }
  await settleParked(tx, payment.id, now)
}

/** An open payment is asked about again as if it had never been parked; it may be parked again at once. */
async function askAgain(tx: Tx, payment: Payment, now: Date): Promise<void> {
  await unpark(tx, payment.id)
  await makeLookDue(tx, payment.id, now)
}

/** The person has done it, or has decided that nothing is to be done: what it kept from happening may happen. */
async function endByHand(tx: Tx, payment: Payment, refund: Refund | undefined, now: Date): Promise<void> {
  if (refund) {
    await unparkRefund(tx, refund.id)
    if (refund.koha === 'parked') await recordKoha(tx, refund.id, 'by-hand', null)
    return
  }
  if (canStillBePaid(payment.state)) {
    await recordEnd(tx, payment.id, 'cancelled', now, null)
    await releaseDebts(tx, payment.id)
  }
  const writeBack = await writeBackOf(tx, payment.id)
  const ofKoha = payment.parked === 'koha-undecidable' || payment.parked === 'koha-refuses'
  if (ofKoha && writeBack?.state === 'parked') {
    await recordByHand(tx, payment.id, now)
    await releaseDebts(tx, payment.id)
  }
}

/** A person has found out at the provider what nobody could tell from here. */
async function decideRefund(
  tx: Tx,
  uses: ResolveUses,
  payment: Payment,
  refund: Refund,
  { went, by, why, now }: { went: boolean; by: string; why: string; now: Date },
): Promise<void> {
  const to = went ? 'done' : 'failed'
  const step = refundSteps[refund.state][to]
  if (step === undefined) throw new Error(`${refund.reference} cannot become ${to}`)
  await moveRefund(tx, uses, payment, refund, { to, step, providerId: null, by, why, byPerson: true, now })
}

/** The write-back ends with what Koha has; the rest is a surplus, and goes the way of surpluses. */
async function closeWriteBack(
  tx: Tx,
  uses: ResolveUses,
  payment: Payment,
  credits: KohaCredit[],
  now: Date,
): Promise<void> {
  await resumeWriteBack(tx, payment.id, now)
  await settleParked(tx, payment.id, now)
  const booked = credits.filter(({ state }) => state === 'booked')
  await finishIn(tx, uses, payment, await linesOf(tx, payment.id), booked)
}
