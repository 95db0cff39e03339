import { negate, ore, subtract, sum } from '../../base/money.ts'
import type { Tx } from '../../database/database.ts'
import type { Uses } from '../../work/context.ts'
import { openFactsOf } from '../cases/store.ts'
import { disputedPostings } from '../ledger/posting.ts'
import { book } from '../ledger/store.ts'
import { recordEvent } from '../payments/event-store.ts'
import { linesOf } from '../payments/line-store.ts'
import { openPaymentCase } from '../payments/open-payment-case.ts'
import type { Payment } from '../payments/store.ts'
import type { RefundCases } from './case-facts.ts'
import { disputesOf, insertDispute } from './dispute-store.ts'
import type { PaidFact } from './refund.ts'
import { byLargestRemainder } from './shares.ts'

/**
 * Books what payers' banks have taken or given back since we last looked, to an account of its own, and opens a case.
 * Returns what was new, for the log.
 */
export async function recordDisputes(
  tx: Tx,
  { clock, config }: Uses<'clock' | 'config'>,
  payment: Payment,
  fact: PaidFact,
): Promise<string[]> {
  const known = await disputesOf(tx, payment.id)
  const change = subtract(fact.disputed, sum(known.map(({ amount }) => amount)))
  if (change === 0) return []
  const now = clock.now()
  const returned = change < 0
  const amount = returned ? negate(change) : change
  const reference = `${payment.reference}-D${known.length + 1}`
  await insertDispute(tx, payment.id, { reference, amount: change, at: now })
  const lines = await linesOf(tx, payment.id)
  const shares = byLargestRemainder(
    amount,
    lines.map((line) => line.amount),
  )
  const coded = lines.map(({ id, coding, debitType }, at) => ({
    part: id,
    amount: shares[at] ?? ore(0),
    coding,
    debtType: debitType,
  }))
  await book(tx, disputedPostings(reference, coded, config.economy.accounts, returned), now)
  const what = returned ? ('dispute-returned' as const) : ('disputed' as const)
  const facts = { dispute: reference, amount }
  await recordEvent(tx, payment.id, { at: now, what, by: payment.provider, facts })
  const before = (await openFactsOf(tx, {
    kind: 'disputed',
    subjectKind: 'payment',
    subject: payment.reference,
  })) as Partial<RefundCases['disputed']> | undefined
  const changes = [...(before?.changes ?? []), { dispute: reference, amount: change }]
  const one = { kind: 'disputed' as const, facts: { changes } }
  await openPaymentCase<RefundCases>(tx, payment, one, { by: payment.provider, at: now })
  return [what]
}
