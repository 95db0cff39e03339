import type { Uses } from '../../work/context.ts'
import { afterLook, mayLook, nextLook, type Urgency } from './look-plan.ts'
import { type CountedLook, recordLooks } from './look-store.ts'
import type { Payment } from './store.ts'

/** A payment that may be asked about now: its look is counted, and the next one is planned. */
export interface AllowedLook {
  payment: Payment
  plannedNext: Date
}

/**
 * Counts looks at providers before they are made, in one statement for all: a crash in between may waste a look, never
 * exceed a provider's limit. `times`: how many looks are counted at once. Returns those that may be made now; the others are put off, and a page is told nothing.
 */
export async function countLooks(
  { db, clock, providers }: Uses<'db' | 'clock' | 'providers'>,
  wanted: readonly { payment: Payment; urgency: Urgency; times?: number }[],
): Promise<AllowedLook[]> {
  const now = clock.now()
  const allowed: AllowedLook[] = []
  const counted: CountedLook[] = []
  for (const { payment, urgency, times = 1 } of wanted) {
    const perHour = providers.named(payment.provider)?.looksPerHour ?? 0
    let before = payment.looks
    for (let counting = 1; counting < times; counting += 1) before = afterLook(before, urgency, now)
    const verdict = mayLook(before, perHour, urgency, now)
    if (verdict.may) {
      const looks = afterLook(before, urgency, now)
      const plannedNext = nextLook(looks, now, payment.expiresAt)
      counted.push({ id: payment.id, was: payment.looks, looks, lookAt: plannedNext })
      allowed.push({ payment, plannedNext })
    } else if (urgency !== 'page') {
      counted.push({ id: payment.id, was: payment.looks, looks: payment.looks, lookAt: verdict.from })
    }
  }
  if (counted.length === 0) return []
  const recorded = await recordLooks(db, counted)
  return allowed.filter(({ payment }) => recorded.has(payment.id))
}
