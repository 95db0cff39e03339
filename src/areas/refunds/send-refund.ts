import { type Ore, sumText } from '../../base/money.ts'
import type { PaymentProvider } from '../../outside/ports/provider.ts'
import type { Uses } from '../../work/context.ts'
import { nextTry } from '../../work/retry-plan.ts'
import { recordEvent } from '../payments/event-store.ts'
import { paymentById } from '../payments/list-store.ts'
import { lockPayment, type Payment } from '../payments/store.ts'
import { moveRefund, parkBoth } from './move-refund.ts'
import { recordRefundTrouble, recordSendingRefund } from './move-store.ts'
import { type PaidFact, pendingDelay, roomAtProvider } from './refund.ts'
import { settleRefunds } from './settle-refunds.ts'
import { type Refund, readRefund } from './store.ts'

type RefundUses = Uses<'db' | 'providers' | 'jobs' | 'clock' | 'config' | 'log'>

/** Should we die while the provider is at work, the refund is looked at again after so long. */
const CHECK_AFTER_MS = 180_000

/**
 * Takes an approved refund to the provider, and one that is under way further. Whatever happened before, the provider
 * is asked first: its sums and its list of refunds say whether anything is to be sent at all. The intent is committed
 * before the call, and the call carries our reference as its key, so that a repeat gives back nothing twice.
 * What cannot be decided is parked. Safe to call again at any moment.
 */
export async function sendRefund(uses: RefundUses, reference: string): Promise<void> {
  const { db } = uses
  const before = await readRefund(db, reference)
  const payment = before && (await paymentById(db, before.paymentId))
  const provider = payment && uses.providers.named(payment.provider)
  if (!before || !payment || before.parked !== null || !isUnderWay(before)) return
  if (!provider) return putOff(uses, before, 'its payment provider is not in the configuration')

  const fact = await settleRefunds(uses, payment, 'must-know')
  const refund = await readRefund(db, reference)
  if (!refund || refund.parked !== null) return
  if (!fact) return isUnderWay(refund) ? putOff(uses, refund, 'the provider did not say') : undefined
  if (refund.state === 'pending') return wait(uses, refund)
  if (refund.state !== 'approved' && refund.state !== 'sending') return
  if (roomAtProvider(fact) < refund.amount) return noRoom(uses, payment, refund, fact)

  if (await db.transaction((tx) => begin(tx, uses, payment, refund)))
    await send(uses, payment, refund, provider)
}

function isUnderWay({ state }: Refund): boolean {
  return state === 'approved' || state === 'sending' || state === 'pending'
}

type Tx = Parameters<typeof lockPayment>[0]

/**
 * Commits the intent; false when another worker was faster and it needs no sending any more. Two that send the same
 * refund do no harm: the provider knows the key.
 */
async function begin(tx: Tx, { clock }: RefundUses, payment: Payment, refund: Refund): Promise<boolean> {
  await lockPayment(tx, payment.reference)
  const now = clock.now()
  const { state } = (await readRefund(tx, refund.reference)) ?? refund
  if (state !== 'approved' && state !== 'sending') return false
  await recordSendingRefund(tx, refund.id, now, new Date(now.getTime() + CHECK_AFTER_MS))
  if (state === 'sending') return true
  const detail = `${refund.reference} ${sumText(refund.amount)}`
  await recordEvent(tx, payment.id, { at: now, what: 'refund-sending', by: 'kvitt', detail })
  return true
}

async function send(
  uses: RefundUses,
  payment: Payment,
  refund: Refund,
  provider: PaymentProvider,
): Promise<void> {
  const { db, log } = uses
  const outcome = await provider.refund({
    checkoutId: payment.checkoutId ?? '',
    chargeId: payment.chargeId ?? '',
    amount: refund.amount,
    reference: refund.reference,
  })
  if (outcome.kind === 'unknown') return putOff(uses, refund, outcome.trouble.message)
  const step = outcome.kind === 'accepted' ? 'refund-pending' : 'refund-failed'
  await db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.reference)
    const current = await readRefund(tx, refund.reference)
    if (current?.state !== 'sending') return
    await moveRefund(tx, uses, locked, current, {
      to: outcome.kind === 'accepted' ? 'pending' : 'failed',
      step,
      providerId: outcome.kind === 'accepted' ? outcome.refundId : null,
      by: payment.provider,
      why: outcome.kind === 'refused' ? outcome.trouble.message : null,
      now: uses.clock.now(),
    })
  })
  log.info({ payment: payment.reference, refund: refund.reference, step }, 'refund sent')
  // Accepted is not done; most are a moment later.
  if (outcome.kind === 'accepted') {
    const fresh = await paymentById(db, payment.id)
    if (fresh) await settleRefunds(uses, fresh, 'must-know')
  }
}

/**
 * The provider would not give so much back. Before anything was sent that ends it: what was refundable has changed.
 * After, nobody can say from here whether it is ours that has taken the room.
 */
async function noRoom(uses: RefundUses, payment: Payment, refund: Refund, fact: PaidFact): Promise<void> {
  const room: Ore = roomAtProvider(fact)
  const now = uses.clock.now()
  const why = `only ${sumText(room)} can be refunded at the provider`
  await uses.db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.reference)
    const current = await readRefund(tx, refund.reference)
    if (current?.state === 'approved') {
      const move = { to: 'failed' as const, step: 'refund-failed', providerId: null, by: 'kvitt', why, now }
      await moveRefund(tx, uses, locked, current, move)
    } else if (current?.state === 'sending') {
      const words = `${refund.reference}: it was sent, the provider does not list it, and ${why}`
      await parkBoth(tx, locked, current, 'refund-undecidable', words, now)
    }
  })
  uses.log.error({ payment: payment.reference, refund: refund.reference, why }, 'refund stopped')
}

async function wait({ db, clock }: RefundUses, { id, tries }: Refund): Promise<void> {
  await recordRefundTrouble(db, id, null, new Date(clock.now().getTime() + pendingDelay(tries)))
}

async function putOff(
  { db, clock, log }: RefundUses,
  { id, reference, tries }: Refund,
  why: string,
): Promise<void> {
  const now = clock.now()
  const at = nextTry(tries, Math.random(), now, new Date(now.getTime() + 2000))
  await recordRefundTrouble(db, id, why, at)
  log.warn({ refund: reference, why, next: at.toISOString() }, 'refund not done yet')
}
