import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '../../database/database.ts'
import type { Uses } from '../../work/context.ts'
import { openFactsOf } from '../cases/store.ts'
import { openPaymentCase } from '../payments/open-payment-case.ts'
import type { Payment } from '../payments/store.ts'
import type { Oddity, RefundCases } from './case-facts.ts'

/** Opens a case of what contradicts itself, each oddity once while it is open. Returns what was new, for the log. */
export async function openOddities(
  tx: Tx,
  { clock }: Uses<'clock'>,
  payment: Payment,
  odd: Oddity[],
): Promise<Oddity['kind'][]> {
  if (odd.length === 0) return []
  const before = (await openFactsOf(tx, {
    kind: 'refund-undecidable',
    subjectKind: 'payment',
    subject: payment.reference,
  })) as { odd?: Oddity[] } | undefined
  const known = before?.odd ?? []
  const fresh = odd.filter((one) => !known.some((other) => isDeepStrictEqual(one, other)))
  if (fresh.length === 0) return []
  const one = { kind: 'refund-undecidable' as const, facts: { odd: [...known, ...fresh] } }
  await openPaymentCase<RefundCases>(tx, payment, one, { by: payment.provider, at: clock.now() })
  return fresh.map(({ kind }) => kind)
}
