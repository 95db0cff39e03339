import type { Actor } from '../../base/actor.ts'
import type { Ore } from '../../base/money.ts'
import type { Tx } from '../../database/database.ts'
import type { Uses } from '../../work/context.ts'
import { recordAudit } from '../audit/audit-store.ts'
import { recordEvent } from '../payments/event-store.ts'
import { linesOf } from '../payments/line-store.ts'
import { lockPayment, type Payment, readPayment } from '../payments/store.ts'
import { writeBackOf } from '../payments/write-back-store.ts'
import { disputedOf } from './dispute-store.ts'
import { readSurplus } from './read-surplus.ts'
import { isOnItsWay, refundable, refundReference, takesMoney, wantsApproval } from './refund.ts'
import { refundableByLine, type Share, shareOut, sharesOfLines, sumOfPots } from './shares.ts'
import { insertRefund, type Refund, refundsOf } from './store.ts'

/** How much: all that is left, a sum, or so much of some lines (öre). */
export type RefundRequest =
  | { kind: 'rest' }
  | { kind: 'sum'; amount: Ore }
  | { kind: 'lines'; lines: { lineId: number; amount: Ore }[] }

export interface RefundProposal {
  /** The payment's. */
  reference: string
  what: RefundRequest
  /** What the page showed as refundable, öre: when it is not so any more, the person looks again. */
  shown: Ore
  reason: string
  actor: Actor
}

/** In no outcome but the first two has anything been written. */
export type ProposalOutcome =
  /** A second person has to approve it. */
  | { kind: 'proposed'; refund: string; amount: Ore }
  /** It needs no second person and is on its way. */
  | { kind: 'approved'; refund: string; amount: Ore }
  | { kind: 'no-such-payment' }
  | { kind: 'not-paid' }
  /** Koha has not got its credit yet, or a person must see to that first. */
  | { kind: 'not-registered' }
  | { kind: 'reason-missing' }
  | { kind: 'under-way'; refund: string }
  | { kind: 'changed'; shown: Ore; now: Ore }
  | { kind: 'nothing-left' }
  /** More than is left, of the payment or of a line; or nothing. */
  | { kind: 'impossible'; left: Ore }

/**
 * A person's proposal to give money back to the card it came from. Counted under the payment's lock, so that two
 * clerks who propose at once do so after each other. Below the library's limit the proposer's word is enough.
 */
export async function proposeRefund(
  uses: Uses<'db' | 'jobs' | 'clock' | 'config' | 'log'>,
  proposal: RefundProposal,
): Promise<ProposalOutcome> {
  if (proposal.reason.trim() === '') return { kind: 'reason-missing' }
  const known = await readPayment(uses.db, proposal.reference)
  if (!known) return { kind: 'no-such-payment' }
  const outcome = await uses.db.transaction((tx) => proposeIn(tx, uses, proposal))
  if (outcome.kind === 'approved') uses.jobs.wake('refunds')
  if (outcome.kind === 'approved' || outcome.kind === 'proposed')
    uses.log.info(
      { event: 'refund.proposed', payment: proposal.reference, by: proposal.actor.who, ...outcome },
      'refund proposed',
    )
  return outcome
}

async function proposeIn(
  tx: Tx,
  { clock, config }: Uses<'clock' | 'config'>,
  { reference, what, shown, reason, actor }: RefundProposal,
): Promise<ProposalOutcome> {
  const payment = await lockPayment(tx, reference)
  if (payment.state !== 'paid') return { kind: 'not-paid' }
  const registered = (await writeBackOf(tx, payment.id))?.state
  if (registered !== 'done' && registered !== 'by-hand') return { kind: 'not-registered' }
  const refunds = await refundsOf(tx, payment.id)
  const underWay = refunds.find(({ state }) => isOnItsWay(state))
  if (underWay) return { kind: 'under-way', refund: underWay.reference }

  const left = refundable(payment.amount, refunds, await disputedOf(tx, payment.id))
  if (shown !== left) return { kind: 'changed', shown, now: left }
  if (left === 0) return { kind: 'nothing-left' }
  const chosen = await choose(tx, payment, refunds, what, left)
  if (!chosen) return { kind: 'impossible', left }

  const now = clock.now()
  const wanted = wantsApproval(chosen.amount, refunds, config.refunds.approvalFrom)
  const refund = {
    paymentId: payment.id,
    reference: refundReference(reference, refunds.length),
    cause: 'person' as const,
    state: wanted ? ('proposed' as const) : ('approved' as const),
    ...chosen,
    reason: reason.trim(),
    proposedBy: actor.who,
    proposedAt: now,
    providerId: null,
    nextTryAt: wanted ? null : now,
  }
  await insertRefund(tx, refund)
  const facts = { refund: refund.reference, amount: chosen.amount, why: refund.reason }
  await recordEvent(tx, payment.id, {
    at: now,
    what: `refund-${refund.state}` as const,
    by: actor.who,
    facts,
  })
  await recordAudit(tx, now, {
    actor,
    act: 'refund-asked',
    subject: `refund ${refund.reference}`,
    before: { refundable: left },
    after: { state: refund.state, amount: chosen.amount },
    reason: refund.reason,
  })
  return { kind: refund.state, refund: refund.reference, amount: chosen.amount }
}

/** The sum and its shares; undefined when it cannot be. */
async function choose(
  tx: Tx,
  payment: Payment,
  refunds: Refund[],
  what: RefundRequest,
  left: Ore,
): Promise<{ amount: Ore; shares: Share[] } | undefined> {
  const taken = refunds.filter(({ state }) => takesMoney(state)).flatMap(({ shares }) => shares)
  const pots = refundableByLine(await linesOf(tx, payment.id), await readSurplus(tx, payment), taken)
  const wanted = what.kind === 'sum' ? what.amount : left
  const shares = what.kind === 'lines' ? sharesOfLines(what.lines, pots) : shareOut(wanted, pots)
  if (!shares) return undefined
  const amount = sumOfPots(shares)
  return amount <= left ? { amount, shares } : undefined
}
