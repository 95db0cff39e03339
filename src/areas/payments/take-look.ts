import type { PaymentProvider } from '../../outside/ports/provider.ts'
import type { Uses } from '../../work/context.ts'
import { type Asker, afterLook, mayLook, nextLook } from './look-plan.ts'
import { recordLook } from './look-store.ts'
import type { Payment } from './store.ts'

/**
 * Counts a look at the provider before it is made: a crash in between may waste a look, never exceed the provider's
 * limit. Answers when the next is planned; undefined when this one may not be made now.
 */
export async function takeLook(
  { db, clock }: Uses<'db' | 'clock'>,
  payment: Payment,
  provider: PaymentProvider,
  asker: Asker,
): Promise<Date | undefined> {
  const now = clock.now()
  const allowed = mayLook(payment.looks, provider.looksPerHour, asker, now)
  if (!allowed.may) {
    if (asker !== 'page') await recordLook(db, payment.id, payment.looks, allowed.from)
    return undefined
  }
  const looks = afterLook(payment.looks, asker, now)
  const next = nextLook(looks, now, payment.expiresAt)
  await recordLook(db, payment.id, looks, next)
  return next
}
