import { sum } from '../../base/money.ts'
import type { Tx } from '../../database/database.ts'
import type { CheckoutFact } from '../../outside/ports/provider.ts'
import type { Uses } from '../../work/context.ts'
import type { Payment } from '../payments/store.ts'
import { moveRefund } from './move-refund.ts'
import { openOddities } from './open-oddities.ts'
import { recordDisputes } from './record-disputes.ts'
import { recordExternalRefund } from './record-external-refund.ts'
import { matchProviderRefunds, type PaidFact, type RefundState } from './refund.ts'
import type { Refund } from './store.ts'

/** What a look at a paid checkout has brought. */
export interface CheckoutNews {
  /** For the log. */
  news: string[]
  /** Refunds that were moved, and to which state. */
  moved: Map<number, RefundState>
}

/**
 * Records what the provider says of the refunds and disputes of a payment that was paid, whoever caused them. The caller
 * holds the payment's lock and has read its refunds under it. Twice is the same as once.
 */
export async function recordCheckoutNews(
  tx: Tx,
  uses: Uses<'clock' | 'config'>,
  payment: Payment,
  refunds: Refund[],
  fact: Exclude<CheckoutFact, { kind: 'unknown' }>,
): Promise<CheckoutNews> {
  if (fact.kind !== 'paid') {
    const news = await openOddities(tx, uses, payment, [{ kind: 'not-paid-any-more' }])
    return { news, moved: new Map() }
  }
  const { moves, strangers, odd } = matchProviderRefunds(refunds, fact.refunds)
  const now = uses.clock.now()
  for (const { id, to, providerId } of moves) {
    const refund = refunds.find((one) => one.id === id)
    if (!refund) continue
    const said = { providerId, by: payment.provider, now }
    const failure = { because: 'refused' as const, answer: null }
    await moveRefund(tx, uses, payment, refund, to === 'failed' ? { to, failure, ...said } : { to, ...said })
  }
  for (const stranger of strangers)
    if (!(await recordExternalRefund(tx, uses, payment, stranger)))
      odd.push({ kind: 'more-than-there-is', amount: stranger.amount })
  const listed = listedBy(fact)
  if (fact.refunded > listed) odd.push({ kind: 'more-than-listed', refunded: fact.refunded, listed })
  const disputed = await recordDisputes(tx, uses, payment, fact)
  const odds = await openOddities(tx, uses, payment, odd)
  return {
    news: [
      ...moves.map(({ step }) => step),
      ...strangers.map(() => 'refunded-elsewhere'),
      ...disputed,
      ...odds,
    ],
    moved: new Map(moves.map(({ id, to }) => [id, to])),
  }
}

function listedBy({ refunds }: PaidFact) {
  return sum(refunds.filter(({ state }) => state !== 'failed').map(({ amount }) => amount))
}
