import type { Uses } from '../context.ts'
import { surplusPostings } from '../ledger/posting.ts'
import { book } from '../ledger/store.ts'
import { decimalText, sum } from '../money.ts'
import { sendReceiptNow } from '../notices/store.ts'
import { type Payment, type PaymentLine, park, recordEvent, releaseDebts } from './store.ts'
import { surplusOf } from './write-back-plan.ts'
import { type KohaCredit, recordWritten } from './write-back-store.ts'

/**
 * All that can be credited is in Koha: the debts are let go, and what was paid for debts that had shrunk meanwhile
 * leaves the income accounts and is put before a person, to be refunded.
 */
export async function finishWriteBack(
  { db, jobs, clock, config, log }: Uses<'db' | 'jobs' | 'clock' | 'config' | 'log'>,
  payment: Payment,
  lines: PaymentLine[],
  credits: KohaCredit[],
): Promise<void> {
  const now = clock.now()
  const surplus = surplusOf(
    lines,
    credits.flatMap(({ debits }) => debits),
  )
  const total = sum(surplus.map(({ amount }) => amount))
  await db.transaction(async (tx) => {
    await recordWritten(tx, payment.id, total, now)
    await releaseDebts(tx, payment.id)
    await recordEvent(tx, payment.id, {
      at: now,
      what: 'registered',
      by: 'koha',
      detail: credits.map(({ kohaId }) => kohaId).join(' '),
    })
    await sendReceiptNow(tx, payment.id, now)
    if (total === 0) return
    const coded = surplus.flatMap(({ lineId, amount }) => {
      const line = lines.find(({ id }) => id === lineId)
      return line ? [{ part: line.id, amount, coding: line.coding, debtType: line.debitType }] : []
    })
    await book(tx, surplusPostings(payment.reference, coded, config.economy.accounts.surplus), now)
    await park(
      tx,
      payment.id,
      'surplus',
      `${decimalText(total)} kr was paid for debts that had shrunk or gone`,
      now,
    )
    await recordEvent(tx, payment.id, {
      at: now,
      what: 'parked',
      by: 'koha',
      detail: `surplus ${decimalText(total)} kr`,
    })
  })
  log.info({ payment: payment.reference, credits: credits.length, surplus: total }, 'registered in Koha')
  jobs.wake('notices')
}
