import type { Uses } from '../../work/context.ts'
import { countLooks } from '../payments/count-looks.ts'
import { nextLateLook, type Urgency } from '../payments/look-plan.ts'
import { planLateLook } from '../payments/look-store.ts'
import { lockPayment, type Payment } from '../payments/store.ts'
import { recordCheckoutNews } from './record-checkout-news.ts'
import { refundsOf } from './store.ts'

/**
 * Finds out what became of money that was paid: asks the provider, holding no lock, and records in one transaction what
 * it says of refunds and disputes. Twice is the same as once. `look`: how urgent it is, or that it has been counted with
 * others already.
 */
export async function settleRefunds(
  uses: Uses<'db' | 'providers' | 'jobs' | 'clock' | 'config' | 'log'>,
  payment: Payment,
  look: Urgency | { plannedNext: Date },
): Promise<void> {
  const provider = uses.providers.named(payment.provider)
  if (!provider || payment.checkoutId === null) return
  const [counted] = typeof look === 'object' ? [look] : await countLooks(uses, [{ payment, urgency: look }])
  if (!counted) return
  const fact = await provider.look(payment.checkoutId)
  if (fact.kind === 'unknown') {
    const { reference } = payment
    uses.log.warn(
      { event: 'provider-status.unknown', payment: reference, trouble: fact.trouble },
      'provider status unknown',
    )
    return
  }
  const { news } = await uses.db.transaction(async (tx) => {
    const locked = await lockPayment(tx, payment.reference)
    const now = uses.clock.now()
    await planLateLook(tx, locked.id, counted.plannedNext, nextLateLook(locked.settledAt ?? now, now))
    return recordCheckoutNews(tx, uses, locked, await refundsOf(tx, locked.id), fact)
  })
  if (news.length > 0)
    uses.log.warn(
      { event: 'refund.reported', payment: payment.reference, news },
      'refund or dispute reported by provider',
    )
  uses.jobs.wake('write-backs')
  uses.jobs.wake('notices')
}
