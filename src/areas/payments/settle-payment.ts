import type { Tx } from '../../database/database.ts'
import type { CheckoutFact, PaidWith, PaymentProvider } from '../../outside/ports/provider.ts'
import type { Uses } from '../../work/context.ts'
import { closeCasesAbout } from '../cases/store.ts'
import { paidPostings } from '../ledger/posting.ts'
import { book } from '../ledger/store.ts'
import { writeReceiptNotice } from '../notices/store.ts'
import type { UnpaidCases } from './case-facts.ts'
import { countLooks } from './count-looks.ts'
import { linesOf, type PaymentLine, reserveDebtsAgain } from './line-store.ts'
import { nextLateLook, type Urgency } from './look-plan.ts'
import { makeLookDue, stopLooking } from './look-store.ts'
import { movePayment } from './move-payment.ts'
import { openPaymentCase } from './open-payment-case.ts'
import { canStillBePaid, decide, type PaymentFacts } from './payment.ts'
import { lockPayment, type Payment, readPayment } from './store.ts'
import { hasDeclineWebhook } from './webhook-store.ts'
import { insertWriteBack } from './write-back-store.ts'

type SettleUses = Uses<'db' | 'providers' | 'jobs' | 'clock' | 'config' | 'log'>

/**
 * The one door through which everything goes that may change what we know of a payment: webhook, browser's return,
 * clock, clerk. It asks the provider what is true, holding no lock, and records it in one transaction: state, journal
 * entry, write-back and receipt. Doing it twice, or twenty times at once, is the same as once. A payment that is paid
 * stays paid; what was refunded of it is another question (settleRefunds).
 * Takes the payment as it was just read; `counted` says that its look has been counted with others already. Returns it
 * as it is afterwards.
 */
export async function settlePayment(
  uses: SettleUses,
  payment: Payment,
  urgency: Urgency | 'counted',
): Promise<Payment> {
  if (payment.state === 'paid' || payment.parked !== null) return payment
  if (urgency === 'page' && !canStillBePaid(payment.state)) return payment
  if (payment.checkoutId === null) return endUnopened(uses, payment)

  const provider = uses.providers.named(payment.provider)
  if (!provider) {
    uses.log.error(
      { event: 'provider.unknown', payment: payment.reference, provider: payment.provider },
      'the provider of this payment is not in the configuration',
    )
    return payment
  }
  if (urgency !== 'counted' && (await countLooks(uses, [{ payment, urgency }])).length === 0) return payment
  return askAndRecord(uses, payment, payment.checkoutId, provider)
}

/** A payment without a page to pay on, whose starting we did not live to finish: nothing can have been paid. */
async function endUnopened({ db, clock, log }: SettleUses, payment: Payment): Promise<Payment> {
  const now = clock.now()
  if (payment.state !== 'created' || now < payment.expiresAt) return payment
  await db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.reference)
    if (locked.state !== 'created') return
    await movePayment(tx, locked, { to: 'failed', answer: null, lookAt: null, by: 'clock', at: now })
  })
  log.warn({ event: 'payment.never-opened', payment: payment.reference }, 'payment never opened')
  return (await readPayment(db, payment.reference)) ?? payment
}

async function askAndRecord(
  uses: SettleUses,
  payment: Payment,
  checkoutId: string,
  provider: PaymentProvider,
): Promise<Payment> {
  let fact = await provider.look(checkoutId)
  const declinedTry =
    fact.kind !== 'paid' &&
    ((fact.kind === 'open' && fact.lastTry === 'declined') ||
      (await hasDeclineWebhook(uses.db, provider.name, checkoutId, provider.declineEvents)))
  const judge = (state: Payment): PaymentFacts => ({ ...state, declinedTry })

  // At most twice: what we ask the provider to do is believed only when it says so itself, and then decided anew.
  for (let acts = 0; acts < 2; acts += 1) {
    const decision = decide(judge(payment), fact, uses.clock.now())
    if (decision.kind === 'charge')
      await provider.charge(checkoutId, payment.amount, `charge-${payment.reference}`)
    else if (decision.kind === 'close') await provider.cancel(checkoutId)
    else break
    fact = await provider.look(checkoutId)
  }
  if (fact.kind === 'unknown')
    uses.log.warn(
      { event: 'provider-status.unknown', payment: payment.reference, trouble: fact.trouble },
      'provider status unknown',
    )
  return record(uses, payment, fact, judge)
}

/** Decides again on the locked row, and writes what follows in one commit. Lines never change: they need no lock. */
async function record(
  uses: SettleUses,
  { id, reference }: Payment,
  fact: CheckoutFact,
  judge: (payment: Payment) => PaymentFacts,
): Promise<Payment> {
  const { db, clock, log, jobs } = uses
  const now = clock.now()
  const { done, afterwards } = await db.transaction(async (tx) => {
    const [payment, lines] = await Promise.all([lockPayment(tx, reference), linesOf(tx, id)])
    const decision = decide(judge(payment), fact, now)
    if (decision.kind === 'ask-a-person') {
      if (payment.state !== 'paid') await stopLooking(tx, payment.id)
      await openPaymentCase<UnpaidCases>(tx, payment, decision.case, { by: payment.provider, at: now })
      return { done: decision, afterwards: (await readPayment(tx, reference)) ?? payment }
    }
    const over = !canStillBePaid(payment.state) && payment.state !== 'paid'
    if (decision.kind === 'wait' && fact.kind !== 'unknown' && over) await stopLooking(tx, payment.id)
    if (decision.kind !== 'move') return { done: decision, afterwards: payment }
    const afterwards =
      decision.to === 'paid'
        ? await recordMoney(tx, uses, { payment, lines, paid: decision.paid }, now)
        : await movePayment(tx, payment, { to: decision.to, lookAt: null, by: payment.provider, at: now })
    // Given back before we even knew: that is read once the payment stands as paid.
    if (decision.to === 'paid' && fact.kind === 'paid' && fact.refunds.length + fact.disputed > 0)
      await makeLookDue(tx, payment.id, now)
    return { done: decision, afterwards }
  })
  if (done.kind === 'ask-a-person')
    log.error(
      { event: 'case.opened', payment: reference, case: done.case },
      'a person must look at a payment',
    )
  if (done.kind === 'move')
    log.info({ event: 'payment.moved', payment: reference, to: done.to, step: done.step }, 'payment moved')
  if (done.kind === 'move' && done.to === 'paid') {
    jobs.wake('write-backs')
    jobs.wake('notices')
  }
  return afterwards
}

interface Money {
  payment: Payment
  lines: PaymentLine[]
  paid: { chargeId: string; at: string | null; with: PaidWith }
}

/** Money is taken: everything that must follow is committed together with the knowledge of it. */
async function recordMoney(
  tx: Tx,
  { config }: SettleUses,
  { payment, lines, paid }: Money,
  now: Date,
): Promise<Payment> {
  const paidAt = paid.at === null ? now : new Date(paid.at)
  const lookAt = nextLateLook(now, now)
  const coded = lines.map(({ id, amount, coding, debitType }) => ({
    part: id,
    amount,
    coding,
    debtType: debitType,
  }))
  const { chargeId } = paid
  const afterwards = movePayment(tx, payment, {
    to: 'paid',
    chargeId,
    paidAt,
    with: paid.with,
    lookAt,
    by: payment.provider,
    at: now,
  })
  const written: Promise<unknown>[] = [
    afterwards,
    book(tx, paidPostings(payment.reference, coded, config.economy.accounts.cardReceivable), now),
    insertWriteBack(tx, payment.id, payment.patronId, now),
  ]
  // Whatever was odd about it is not any more.
  if (payment.parked !== null) written.push(closeUnpaidCases(tx, payment, now))
  if (!canStillBePaid(payment.state)) written.push(reserveDebtsAgain(tx, payment.id))
  if (payment.receiptEmail !== null)
    written.push(
      writeReceiptNotice(tx, { ...payment, paymentId: payment.id, address: payment.receiptEmail, now }),
    )
  await Promise.all(written)
  return afterwards
}

function closeUnpaidCases(tx: Tx, { reference, provider }: Payment, at: Date): Promise<void> {
  const kinds = ['amount-differs', 'currency-differs', 'checkout-unknown'] satisfies (keyof UnpaidCases)[]
  const about = { subjectKind: 'payment', subject: reference, kinds }
  return closeCasesAbout(tx, about, { by: provider, how: 'paid', why: null, at })
}
