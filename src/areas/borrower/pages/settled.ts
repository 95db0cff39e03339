import type { Context } from '../../../work/context.ts'
import { canStillBePaid } from '../../payments/payment.ts'
import { settlePayment } from '../../payments/settle-payment.ts'
import type { Payment } from '../../payments/store.ts'
import type { PageLooks } from './page-looks.ts'

/** Returns the payment as it is now: one that is under way is asked about, when it is time for that. */
export async function settled(context: Context, looks: PageLooks, payment: Payment): Promise<Payment> {
  if (!canStillBePaid(payment.state) || payment.parked !== null || !looks.due(payment.reference))
    return payment
  return settlePayment(context, payment, 'page')
}
