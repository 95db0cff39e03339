import type { CaseOf } from '../../base/case.ts'
import type { Tx } from '../../database/database.ts'
import { openCase } from '../cases/store.ts'
import { recordEvent } from './event-store.ts'
import type { Payment } from './store.ts'

/**
 * Opens a case about a payment, or about a refund of it, and records that in the payment's history.
 * When it is open already it gets the new facts; the history tells each of them.
 */
export async function openPaymentCase<Kinds>(
  tx: Tx,
  payment: Pick<Payment, 'id' | 'reference'>,
  one: CaseOf<Kinds>,
  { by, at, refund }: { by: string; at: Date; refund?: string },
): Promise<void> {
  const subject = refund ?? payment.reference
  const opened = { subjectKind: refund ? 'refund' : 'payment', subject, paymentId: payment.id, at }
  const news = await openCase(tx, { kind: one.kind, facts: one.facts, ...opened })
  if (!news) return
  const facts = { case: one.kind, subject, facts: one.facts }
  await recordEvent(tx, payment.id, { at, what: 'case-opened', by, facts })
}
