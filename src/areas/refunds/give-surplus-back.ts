import { nothing } from '../../base/money.ts'
import type { Tx } from '../../database/database.ts'
import type { Uses } from '../../work/context.ts'
import { recordEvent } from '../payments/event-store.ts'
import { linesOf } from '../payments/line-store.ts'
import { openPaymentCase } from '../payments/open-payment-case.ts'
import { lockPayment } from '../payments/store.ts'
import type { RefundCases } from './case-facts.ts'
import { readSurplus } from './read-surplus.ts'
import { isOnItsWay, refundReference, takesMoney } from './refund.ts'
import { refundableByLine, sumOfPots } from './shares.ts'
import { insertRefund, refundsOf } from './store.ts'

/**
 * Money that paid for nothing is the payer's. It is given back by itself, without anybody's approval; a person decides
 * when the library wants that, or when something else of this payment waits for a person.
 */
export async function giveSurplusBack(
  tx: Tx,
  { config, clock }: Uses<'config' | 'clock'>,
  reference: string,
): Promise<void> {
  const now = clock.now()
  const payment = await lockPayment(tx, reference)
  const refunds = await refundsOf(tx, payment.id)
  const taken = refunds.filter(({ state }) => takesMoney(state)).flatMap(({ shares }) => shares)
  const pots = refundableByLine(await linesOf(tx, payment.id), await readSurplus(tx, payment), taken)
  const shares = pots.map((pot) => ({ ...pot, income: nothing })).filter(({ surplus }) => surplus > 0)
  const total = sumOfPots(shares)
  if (total === 0) return
  const mayRefund = payment.parked === null && !refunds.some(({ state }) => isOnItsWay(state))
  if (config.payments.surplus === 'park' || !mayRefund) {
    const one = { kind: 'surplus' as const, facts: { amount: total } }
    return openPaymentCase<RefundCases>(tx, payment, one, { by: 'koha', at: now })
  }
  const refund = {
    paymentId: payment.id,
    reference: refundReference(payment.reference, refunds.length),
    cause: 'surplus' as const,
    state: 'approved' as const,
    amount: total,
    // Its cause says it all.
    reason: '',
    proposedBy: 'kvitt',
    proposedAt: now,
    providerId: null,
    shares,
    nextTryAt: now,
  }
  await insertRefund(tx, refund)
  const facts = { refund: refund.reference, amount: total, why: null }
  await recordEvent(tx, payment.id, { at: now, what: 'refund-approved', by: 'kvitt', facts })
}
