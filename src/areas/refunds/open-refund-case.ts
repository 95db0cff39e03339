import type { CaseOf } from '../../base/case.ts'
import type { Tx } from '../../database/database.ts'
import { openPaymentCase } from '../payments/open-payment-case.ts'
import type { Payment } from '../payments/store.ts'
import type { RefundCases } from './case-facts.ts'
import { stopRefund } from './move-store.ts'
import type { Refund } from './store.ts'

/** Opens a case about a refund. Its own work rests meanwhile. */
export async function openRefundCase(
  tx: Tx,
  payment: Payment,
  { id, reference }: Pick<Refund, 'id' | 'reference'>,
  one: CaseOf<RefundCases>,
  now: Date,
): Promise<void> {
  await stopRefund(tx, id)
  await openPaymentCase<RefundCases>(tx, payment, one, { by: 'kvitt', at: now, refund: reference })
}
