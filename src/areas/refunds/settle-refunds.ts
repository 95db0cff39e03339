import { negate, ore, subtract, sum, sumText } from '../../base/money.ts'
import type { Tx } from '../../database/database.ts'
import type { RefundFact } from '../../outside/ports/provider.ts'
import type { Uses } from '../../work/context.ts'
import { disputedPostings } from '../ledger/posting.ts'
import { book } from '../ledger/store.ts'
import { countLooks } from '../payments/count-looks.ts'
import { recordEvent } from '../payments/event-store.ts'
import { linesOf } from '../payments/line-store.ts'
import { nextLateLook, type Urgency } from '../payments/look-plan.ts'
import { planLateLook } from '../payments/look-store.ts'
import { parkAlso } from '../payments/parked-store.ts'
import { lockPayment, type Payment } from '../payments/store.ts'
import { disputesOf, insertDispute } from './dispute-store.ts'
import { moveRefund, surplusOfPayment } from './move-refund.ts'
import { type PaidFact, readRefunds, refundReference, takesMoney } from './refund.ts'
import { byLargestRemainder, potsOf, type Share, shareOut } from './shares.ts'
import { insertRefund, type Refund, refundsOf } from './store.ts'

type SettleUses = Uses<'db' | 'providers' | 'jobs' | 'clock' | 'config' | 'log'>

/**
 * What became of money that was paid: asks the provider, holding no lock, and records in one transaction what it says
 * of refunds and disputes, whoever caused them. Twice is the same as once. `look`: how urgent it is, or that it has been
 * counted with others already. Returns what the provider said; undefined when it may not be asked now or did not say.
 */
export async function settleRefunds(
  uses: SettleUses,
  payment: Payment,
  look: Urgency | { plannedNext: Date },
): Promise<PaidFact | undefined> {
  const provider = uses.providers.named(payment.provider)
  if (!provider || payment.checkoutId === null) return undefined
  const [counted] = typeof look === 'object' ? [look] : await countLooks(uses, [{ payment, urgency: look }])
  if (!counted) return undefined
  const fact = await provider.look(payment.checkoutId)
  if (fact.kind === 'unknown') {
    uses.log.warn(
      { event: 'provider-status.unknown', payment: payment.reference, trouble: fact.trouble },
      'provider status unknown',
    )
    return undefined
  }
  const told = await uses.db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.reference)
    const now = uses.clock.now()
    await planLateLook(tx, locked.id, counted.plannedNext, nextLateLook(locked.settledAt ?? now, now))
    if (fact.kind !== 'paid')
      return tellOdd(tx, uses, locked, ['the provider does not call it paid any more'])
    return record(tx, uses, locked, fact)
  })
  if (told.length > 0)
    uses.log.warn(
      { event: 'refund.reported', payment: payment.reference, told },
      'refund or dispute reported by provider',
    )
  uses.jobs.wake('write-backs')
  uses.jobs.wake('notices')
  return fact.kind === 'paid' ? fact : undefined
}

/** Answers what was new, in words for the log. */
async function record(tx: Tx, uses: SettleUses, payment: Payment, fact: PaidFact): Promise<string[]> {
  const refunds = await refundsOf(tx, payment.id)
  const { moves, strangers, odd } = readRefunds(refunds, fact.refunds)
  const now = uses.clock.now()
  for (const { id, to, step, providerId } of moves) {
    const refund = refunds.find((one) => one.id === id)
    if (!refund) continue
    await moveRefund(tx, uses, payment, refund, {
      to,
      step,
      providerId,
      by: payment.provider,
      why: null,
      now,
    })
  }
  const unplaced: string[] = []
  for (const stranger of strangers) {
    if (!(await takeInStranger(tx, uses, payment, stranger)))
      unplaced.push(`${sumText(stranger.amount)} was refunded elsewhere, more than there is`)
  }
  const listed = sum(fact.refunds.filter(({ state }) => state !== 'failed').map(({ amount }) => amount))
  if (fact.refunded > listed)
    odd.push(`the provider has refunded ${sumText(fact.refunded)} and lists ${sumText(listed)}`)
  const disputed = await recordDisputes(tx, uses, payment, fact)
  await tellOdd(tx, uses, payment, [...odd, ...unplaced])
  const steps = moves.map(({ step }) => step)
  return [...steps, ...strangers.map(() => 'refunded elsewhere'), ...disputed, ...odd, ...unplaced]
}

/** A refund that somebody made in the provider's own pages: money that has moved stands in the books, whoever moved it. */
async function takeInStranger(
  tx: Tx,
  uses: SettleUses,
  payment: Payment,
  fact: RefundFact,
): Promise<boolean> {
  const now = uses.clock.now()
  const refunds = await refundsOf(tx, payment.id)
  const shares = await sharesFor(tx, payment, fact, refunds)
  if (!shares) return false
  const made = {
    paymentId: payment.id,
    reference: refundReference(payment.reference, refunds.length),
    cause: 'elsewhere' as const,
    state: 'pending' as const,
    amount: fact.amount,
    reason: `made in the provider's own pages, ${fact.id}`,
    proposedBy: payment.provider,
    proposedAt: now,
    providerId: fact.id,
    shares,
    nextTryAt: now,
  }
  await insertRefund(tx, made)
  const detail = `${made.reference} ${sumText(fact.amount)} ${fact.id}`
  await recordEvent(tx, payment.id, { at: now, what: 'refunded-elsewhere', by: payment.provider, detail })
  const refund = (await refundsOf(tx, payment.id)).find(({ reference }) => reference === made.reference)
  if (refund && fact.state === 'done') {
    const move = {
      to: 'done' as const,
      step: 'refunded',
      providerId: fact.id,
      by: payment.provider,
      why: null,
      now,
    }
    await moveRefund(tx, uses, payment, refund, move)
  }
  return true
}

/** Of what no other refund has taken; when one that is only on its way stands against it, of what is not gone yet. */
async function sharesFor(
  tx: Tx,
  payment: Payment,
  { amount }: RefundFact,
  refunds: Refund[],
): Promise<Share[] | undefined> {
  const lines = await linesOf(tx, payment.id)
  const surplus = await surplusOfPayment(tx, payment)
  const left = (those: Refund[]) =>
    potsOf(
      lines,
      surplus,
      those.flatMap(({ shares }) => shares),
    )
  const gone = refunds.filter(({ state }) => state === 'done' || state === 'pending')
  return (
    shareOut(amount, left(refunds.filter(({ state }) => takesMoney(state)))) ?? shareOut(amount, left(gone))
  )
}

/** Books what payers' banks have taken or given back since we last looked, to an account of its own, and tells a person. */
async function recordDisputes(
  tx: Tx,
  { clock, config }: SettleUses,
  payment: Payment,
  fact: PaidFact,
): Promise<string[]> {
  const known = await disputesOf(tx, payment.id)
  const change = subtract(fact.disputed, sum(known.map(({ amount }) => amount)))
  if (change === 0) return []
  const now = clock.now()
  const returned = change < 0
  const amount = returned ? negate(change) : change
  const reference = `${payment.reference}-D${known.length + 1}`
  await insertDispute(tx, payment.id, { reference, amount: change, at: now })
  const lines = await linesOf(tx, payment.id)
  const shares = byLargestRemainder(
    amount,
    lines.map((line) => line.amount),
  )
  const coded = lines.map(({ id, coding, debitType }, at) => ({
    part: id,
    amount: shares[at] ?? ore(0),
    coding,
    debtType: debitType,
  }))
  await book(tx, disputedPostings(reference, coded, config.economy.accounts, returned), now)
  const what = returned ? 'dispute-returned' : 'disputed'
  const detail = returned
    ? `${sumText(amount)} came back from a dispute`
    : `the payer's bank has taken ${sumText(amount)} back`
  await recordEvent(tx, payment.id, { at: now, what, by: payment.provider, detail: `${reference} ${detail}` })
  await parkAlso(tx, payment.id, 'disputed', detail, now)
  return [detail]
}

/** What contradicts itself goes to a person, once. */
async function tellOdd(tx: Tx, { clock }: SettleUses, payment: Payment, odd: string[]): Promise<string[]> {
  const fresh = odd.filter((words) => !payment.parkedDetail?.includes(words))
  const now = clock.now()
  for (const detail of fresh) {
    await parkAlso(tx, payment.id, 'refund-undecidable', detail, now)
    await recordEvent(tx, payment.id, { at: now, what: 'parked', by: payment.provider, detail })
  }
  return fresh
}
