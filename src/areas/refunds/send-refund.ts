import type { Tx } from '../../database/database.ts'
import type { CheckoutFact, PaymentProvider } from '../../outside/ports/provider.ts'
import type { Uses } from '../../work/context.ts'
import { nextTry } from '../../work/retry-plan.ts'
import { type AllowedLook, countLooks } from '../payments/count-looks.ts'
import { nextLateLook } from '../payments/look-plan.ts'
import { planLateLook } from '../payments/look-store.ts'
import { lockPayment, type Payment } from '../payments/store.ts'
import { moveRefund } from './move-refund.ts'
import { type DueRefund, recordRefundTrouble, recordSendingRefund } from './move-store.ts'
import { openRefundCase } from './open-refund-case.ts'
import { recordCheckoutNews } from './record-checkout-news.ts'
import { type PaidFact, pendingDelay, roomAtProvider } from './refund.ts'
import { type Refund, refundsOf } from './store.ts'

type RefundUses = Uses<'db' | 'providers' | 'jobs' | 'clock' | 'config' | 'log'>
type KnownFact = Exclude<CheckoutFact, { kind: 'unknown' }>

/** Should we die while the provider is at work, the refund is looked at again after so long. */
const CHECK_AFTER_MS = 180_000

/**
 * Takes an approved refund to the provider, and one that is under way further. Whatever happened before, the provider
 * is asked first: its sums and its list of refunds say whether anything is to be sent at all. The intent is committed
 * before the call, and the call carries our reference as its key, so that a repeat gives back nothing twice.
 * What cannot be decided becomes a case. Safe to call again at any moment.
 */
export async function sendRefund(uses: RefundUses, due: DueRefund): Promise<void> {
  const { payment } = due
  const provider = uses.providers.named(payment.provider)
  if (!provider || payment.checkoutId === null) return putOff(uses, due, 'provider-not-configured')
  // One look before it is sent, and one after.
  const [look] = await countLooks(uses, [{ payment, urgency: 'must-know', times: 2 }])
  const fact = look && (await provider.look(payment.checkoutId))
  if (!look || !fact || fact.kind === 'unknown') return putOff(uses, due, 'provider-silent')
  const next = await uses.db.transaction((tx) => prepare(tx, uses, due, fact, look))
  uses.jobs.wake('write-backs')
  uses.jobs.wake('notices')
  if (next.kind === 'send') return send(uses, payment, next.refund, provider)
  if (next.kind === 'put-off') return putOff(uses, due, 'provider-silent')
  if (next.kind === 'stopped')
    uses.log.error({ event: 'refund.stopped', refund: due.reference, room: next.room }, 'refund stopped')
}

type Next =
  | { kind: 'send'; refund: Refund }
  | { kind: 'put-off' }
  | { kind: 'stopped'; room: number }
  /** It waits at the provider, is done, or is a person's. */
  | { kind: 'nothing' }

/** Records what the provider says, and commits the intent to send when there is something to be sent. */
async function prepare(
  tx: Tx,
  uses: RefundUses,
  { payment, reference }: DueRefund,
  fact: KnownFact,
  { plannedNext }: AllowedLook,
): Promise<Next> {
  const now = uses.clock.now()
  const locked = await lockPayment(tx, payment.reference)
  await planLateLook(tx, locked.id, plannedNext, nextLateLook(locked.settledAt ?? now, now))
  const refunds = await refundsOf(tx, locked.id)
  const { moved } = await recordCheckoutNews(tx, uses, locked, refunds, fact)
  const refund = refunds.find((one) => one.reference === reference)
  if (!refund || refund.parked !== null) return { kind: 'nothing' }
  const state = moved.get(refund.id) ?? refund.state
  if (state === 'pending') {
    await recordRefundTrouble(tx, refund.id, null, new Date(now.getTime() + pendingDelay(refund.tries)))
    return { kind: 'nothing' }
  }
  if (state !== 'approved' && state !== 'sending') return { kind: 'nothing' }
  if (fact.kind !== 'paid') return { kind: 'put-off' }
  if (roomAtProvider(fact) < refund.amount) return stopWithoutRoom(tx, uses, locked, refund, fact)
  const checkAt = new Date(now.getTime() + CHECK_AFTER_MS)
  if (state === 'sending') await recordSendingRefund(tx, refund.id, now, checkAt)
  else await moveRefund(tx, uses, locked, refund, { to: 'sending', checkAt, by: 'kvitt', now })
  return { kind: 'send', refund }
}

/**
 * The provider would not give so much back. Before anything was sent that ends it: what was refundable has changed.
 * After, nobody can say from here whether it is ours that has taken the room.
 */
async function stopWithoutRoom(
  tx: Tx,
  uses: RefundUses,
  payment: Payment,
  refund: Refund,
  fact: PaidFact,
): Promise<Next> {
  const room = roomAtProvider(fact)
  const now = uses.clock.now()
  if (refund.state === 'approved') {
    const failure = { because: 'no-room' as const, room }
    await moveRefund(tx, uses, payment, refund, { to: 'failed', providerId: null, failure, by: 'kvitt', now })
  } else {
    const facts = { amount: refund.amount, room }
    await openRefundCase(tx, payment, refund, { kind: 'refund-undecidable', facts }, now)
  }
  return { kind: 'stopped', room }
}

/** Sends it, looks what became of it, and records both in one transaction: accepted is not done; most are a moment later. */
async function send(
  uses: RefundUses,
  payment: Payment,
  refund: Refund,
  provider: PaymentProvider,
): Promise<void> {
  const { db, log, jobs, clock } = uses
  const checkoutId = payment.checkoutId ?? ''
  const outcome = await provider.refund({
    checkoutId,
    chargeId: payment.chargeId ?? '',
    amount: refund.amount,
    reference: refund.reference,
  })
  if (outcome.kind === 'unknown') return putOff(uses, refund, outcome.trouble.message)
  const after = outcome.kind === 'accepted' ? await provider.look(checkoutId) : undefined
  await db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.reference)
    const refunds = await refundsOf(tx, locked.id)
    const current = refunds.find(({ id }) => id === refund.id)
    const said = { by: payment.provider, now: clock.now() }
    if (outcome.kind === 'refused') {
      const failure = { because: 'refused' as const, answer: outcome.trouble.message }
      if (current?.state === 'sending')
        await moveRefund(tx, uses, locked, current, { to: 'failed', providerId: null, failure, ...said })
      return
    }
    const providerId = outcome.refundId
    // Known by the id that the provider has just given it, and by nothing less.
    const known = refunds.map((one) =>
      one === current ? { ...one, providerId: one.providerId ?? providerId } : one,
    )
    const found =
      after && after.kind !== 'unknown' ? await recordCheckoutNews(tx, uses, locked, known, after) : undefined
    if (current?.state === 'sending' && !found?.moved.has(current.id))
      await moveRefund(tx, uses, locked, current, { to: 'pending', providerId, ...said })
  })
  log.info({ event: 'refund.sent', refund: refund.reference, outcome: outcome.kind }, 'refund sent')
  jobs.wake('write-backs')
  jobs.wake('notices')
}

async function putOff(
  { db, clock, log }: RefundUses,
  { id, reference, tries }: Pick<DueRefund, 'id' | 'reference' | 'tries'>,
  why: string,
): Promise<void> {
  const now = clock.now()
  const at = nextTry(tries, Math.random(), now, new Date(now.getTime() + 2000))
  await recordRefundTrouble(db, id, why, at)
  log.warn({ event: 'refund.put-off', refund: reference, why, next: at.toISOString() }, 'refund not done yet')
}
