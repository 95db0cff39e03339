import type { PaymentProvider } from '../../outside/ports/provider.ts'
import type { Uses } from '../../work/context.ts'
import { nextTry } from '../../work/retry-plan.ts'
import { paymentById } from '../payments/list-store.ts'
import { lockPayment, type Payment } from '../payments/store.ts'
import { moveRefund } from './move-refund.ts'
import { recordRefundTrouble, recordSendingRefund } from './move-store.ts'
import { openRefundCase } from './open-refund-case.ts'
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
  if (!provider) return putOff(uses, before, 'provider-not-configured')

  const fact = await settleRefunds(uses, payment, 'must-know')
  const refund = await readRefund(db, reference)
  if (!refund || refund.parked !== null) return
  if (!fact) return isUnderWay(refund) ? putOff(uses, refund, 'provider-silent') : undefined
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
async function begin(tx: Tx, uses: RefundUses, payment: Payment, refund: Refund): Promise<boolean> {
  const locked = await lockPayment(tx, payment.reference)
  const now = uses.clock.now()
  const checkAt = new Date(now.getTime() + CHECK_AFTER_MS)
  const current = (await readRefund(tx, refund.reference)) ?? refund
  if (current.state === 'sending') await recordSendingRefund(tx, refund.id, now, checkAt)
  else if (current.state === 'approved')
    await moveRefund(tx, uses, locked, current, { to: 'sending', checkAt, by: 'kvitt', now })
  else return false
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
  await db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.reference)
    const current = await readRefund(tx, refund.reference)
    if (current?.state !== 'sending') return
    const said = { by: payment.provider, now: uses.clock.now() }
    if (outcome.kind === 'accepted')
      return moveRefund(tx, uses, locked, current, { to: 'pending', providerId: outcome.refundId, ...said })
    const failure = { because: 'refused' as const, answer: outcome.trouble.message }
    return moveRefund(tx, uses, locked, current, { to: 'failed', providerId: null, failure, ...said })
  })
  log.info({ payment: payment.reference, refund: refund.reference, outcome: outcome.kind }, 'refund sent')
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
  const room = roomAtProvider(fact)
  const now = uses.clock.now()
  await uses.db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.reference)
    const current = await readRefund(tx, refund.reference)
    if (current?.state === 'approved') {
      const failure = { because: 'no-room' as const, room }
      const move = { to: 'failed' as const, providerId: null, failure, by: 'kvitt', now }
      await moveRefund(tx, uses, locked, current, move)
    } else if (current?.state === 'sending') {
      const facts = { amount: refund.amount, room }
      await openRefundCase(tx, locked, current, { kind: 'refund-undecidable', facts }, now)
    }
  })
  uses.log.error({ payment: payment.reference, refund: refund.reference, room }, 'refund stopped')
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
