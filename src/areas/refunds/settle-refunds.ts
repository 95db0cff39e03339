import { isDeepStrictEqual } from 'node:util'
import { negate, ore, subtract, sum } from '../../base/money.ts'
import type { Tx } from '../../database/database.ts'
import type { RefundFact } from '../../outside/ports/provider.ts'
import type { Uses } from '../../work/context.ts'
import { openFactsOf } from '../cases/store.ts'
import { disputedPostings } from '../ledger/posting.ts'
import { book } from '../ledger/store.ts'
import { countLooks } from '../payments/count-looks.ts'
import { recordEvent } from '../payments/event-store.ts'
import { linesOf } from '../payments/line-store.ts'
import { nextLateLook, type Urgency } from '../payments/look-plan.ts'
import { planLateLook } from '../payments/look-store.ts'
import { openPaymentCase } from '../payments/open-payment-case.ts'
import { lockPayment, type Payment } from '../payments/store.ts'
import type { Oddity, RefundCases } from './case-facts.ts'
import { disputesOf, insertDispute } from './dispute-store.ts'
import { moveRefund } from './move-refund.ts'
import { readSurplus } from './read-surplus.ts'
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
    uses.log.warn({ payment: payment.reference, trouble: fact.trouble }, 'the provider did not say')
    return undefined
  }
  const told = await uses.db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.reference)
    const now = uses.clock.now()
    await planLateLook(tx, locked.id, counted.plannedNext, nextLateLook(locked.settledAt ?? now, now))
    if (fact.kind !== 'paid') return openOdd(tx, uses, locked, [{ kind: 'not-paid-any-more' }])
    return record(tx, uses, locked, fact)
  })
  if (told.length > 0) uses.log.warn({ payment: payment.reference, told }, 'news of paid money')
  uses.jobs.wake('write-backs')
  uses.jobs.wake('notices')
  return fact.kind === 'paid' ? fact : undefined
}

/** Returns what was new, for the log. */
async function record(tx: Tx, uses: SettleUses, payment: Payment, fact: PaidFact): Promise<string[]> {
  const refunds = await refundsOf(tx, payment.id)
  const { moves, strangers, odd } = readRefunds(refunds, fact.refunds)
  const now = uses.clock.now()
  for (const { id, to, providerId } of moves) {
    const refund = refunds.find((one) => one.id === id)
    if (!refund) continue
    const said = { providerId, by: payment.provider, now }
    const move =
      to === 'failed'
        ? { to, failure: { because: 'refused' as const, answer: null }, ...said }
        : { to, ...said }
    await moveRefund(tx, uses, payment, refund, move)
  }
  for (const stranger of strangers) {
    if (!(await takeInStranger(tx, uses, payment, stranger)))
      odd.push({ kind: 'more-than-there-is', amount: stranger.amount })
  }
  const listed = sum(fact.refunds.filter(({ state }) => state !== 'failed').map(({ amount }) => amount))
  if (fact.refunded > listed) odd.push({ kind: 'more-than-listed', refunded: fact.refunded, listed })
  const disputed = await recordDisputes(tx, uses, payment, fact)
  const news = await openOdd(tx, uses, payment, odd)
  const steps = moves.map(({ step }) => step)
  return [...steps, ...strangers.map(() => 'refunded-elsewhere'), ...disputed, ...news]
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
    // Its cause and the provider's id say it all.
    reason: '',
    proposedBy: payment.provider,
    proposedAt: now,
    providerId: fact.id,
    shares,
    nextTryAt: now,
  }
  await insertRefund(tx, made)
  const facts = { refund: made.reference, amount: fact.amount, providerId: fact.id }
  await recordEvent(tx, payment.id, { at: now, what: 'refunded-elsewhere', by: payment.provider, facts })
  const refund = (await refundsOf(tx, payment.id)).find(({ reference }) => reference === made.reference)
  if (refund && fact.state === 'done') {
    const move = { to: 'done' as const, providerId: fact.id, by: payment.provider, now }
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
  const surplus = await readSurplus(tx, payment)
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
  const what = returned ? ('dispute-returned' as const) : ('disputed' as const)
  const facts = { dispute: reference, amount }
  await recordEvent(tx, payment.id, { at: now, what, by: payment.provider, facts })
  const before = (await openFacts(tx, payment, 'disputed')) as Partial<RefundCases['disputed']> | undefined
  const changes = [...(before?.changes ?? []), { dispute: reference, amount: change }]
  const one = { kind: 'disputed' as const, facts: { changes } }
  await openPaymentCase<RefundCases>(tx, payment, one, { by: payment.provider, at: now })
  return [what]
}

/** Opens a case of what contradicts itself, each oddity once while it is open. Returns what was new, for the log. */
async function openOdd(
  tx: Tx,
  { clock }: SettleUses,
  payment: Payment,
  odd: Oddity[],
): Promise<Oddity['kind'][]> {
  if (odd.length === 0) return []
  const before = (await openFacts(tx, payment, 'refund-undecidable')) as { odd?: Oddity[] } | undefined
  const known = before?.odd ?? []
  const fresh = odd.filter((one) => !known.some((other) => isDeepStrictEqual(one, other)))
  if (fresh.length === 0) return []
  const one = { kind: 'refund-undecidable' as const, facts: { odd: [...known, ...fresh] } }
  await openPaymentCase<RefundCases>(tx, payment, one, { by: payment.provider, at: clock.now() })
  return fresh.map(({ kind }) => kind)
}

function openFacts(tx: Tx, { reference }: Payment, kind: keyof RefundCases): Promise<object | undefined> {
  return openFactsOf(tx, { kind, subjectKind: 'payment', subject: reference })
}
