import type { Uses } from '../../work/context.ts'
import { canStillBePaid } from './payment.ts'
import { settlePayment } from './settle-payment.ts'
import { type Payment, readPayment } from './store.ts'

/**
 * The borrower does not want to pay this any more: the checkout is made unpayable, and then the provider is asked what
 * became of it. If it was paid in the meantime it is paid; if the provider does not answer, nothing is known yet.
 * Returns the payment as it is afterwards.
 */
export async function giveUpPayment(
  uses: Uses<'db' | 'providers' | 'jobs' | 'clock' | 'config' | 'log'>,
  reference: string,
): Promise<Payment | undefined> {
  const payment = await readPayment(uses.db, reference)
  if (!payment?.checkoutId || !canStillBePaid(payment.state) || payment.parked !== null) return payment
  await uses.providers.named(payment.provider)?.cancel(payment.checkoutId)
  return settlePayment(uses, (await readPayment(uses.db, reference)) ?? payment, 'news')
}
