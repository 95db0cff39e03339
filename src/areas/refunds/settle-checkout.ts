import type { Uses } from '../../work/context.ts'
import type { Urgency } from '../payments/look-plan.ts'
import { settlePayment } from '../payments/settle-payment.ts'
import { type Payment, readPayment } from '../payments/store.ts'
import { settleRefunds } from './settle-refunds.ts'

/**
 * Asks the provider what is true of a payment's checkout, whatever there is to be asked: whether it is paid, and once it
 * is, what was refunded or disputed. For webhooks, the clock and clerks. Answers the payment as it is afterwards;
 * undefined when there is none.
 */
export async function settleCheckout(
  uses: Uses<'db' | 'providers' | 'jobs' | 'clock' | 'config' | 'log'>,
  reference: string,
  urgency: Exclude<Urgency, 'page'>,
): Promise<Payment | undefined> {
  const payment = await readPayment(uses.db, reference)
  if (!payment) return undefined
  if (payment.state !== 'paid') return settlePayment(uses, payment, urgency)
  await settleRefunds(uses, payment, urgency)
  return readPayment(uses.db, reference)
}
