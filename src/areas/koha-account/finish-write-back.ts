import { type Ore, sum } from '../../base/money.ts'
import type { Tx } from '../../database/database.ts'
import type { Uses } from '../../work/context.ts'
import { surplusPostings } from '../ledger/posting.ts'
import { book } from '../ledger/store.ts'
import { sendReceiptNow } from '../notices/store.ts'
import { recordEvent } from '../payments/event-store.ts'
import { type PaymentLine, releaseDebts } from '../payments/line-store.ts'
import { lockPayment, type Payment } from '../payments/store.ts'
import { creditsOf, type KohaCredit, recordWritten, writeBackOf } from '../payments/write-back-store.ts'
import { giveSurplusBack } from '../refunds/give-surplus-back.ts'
import { surplusOf } from './credit-plan.ts'

/**
 * All that can be credited is in Koha: the debts are let go, and what was paid for debts that had shrunk meanwhile
 * leaves the income accounts, to be refunded: by itself or by a person, as the library has decided.
 */
export async function finishWriteBack(
  uses: Uses<'db' | 'jobs' | 'clock' | 'config' | 'log'>,
  payment: Payment,
  lines: PaymentLine[],
  credits: KohaCredit[],
): Promise<void> {
  const surplus = await uses.db.transaction(async (tx) => {
    await lockPayment(tx, payment.reference)
    return (await isStillSo(tx, payment, credits)) ? finishIn(tx, uses, payment, lines, credits) : undefined
  })
  if (surplus === undefined) return
  uses.log.info({ payment: payment.reference, credits: credits.length, surplus }, 'registered in Koha')
  uses.jobs.wake('notices')
  if (surplus > 0) uses.jobs.wake('payments')
}

/**
 * Whether these are still the payment's credits, and nobody has finished it. A process that was stopped for long sees
 * debts that another has credited meanwhile as gone, and would take what was paid for them for a surplus.
 */
async function isStillSo(tx: Tx, { id }: Payment, credits: KohaCredit[]): Promise<boolean> {
  if ((await writeBackOf(tx, id))?.state !== 'waiting') return false
  const now = (await creditsOf(tx, id)).filter(({ state }) => state !== 'not-booked')
  return now.length === credits.length && now.every((one, at) => one.id === credits[at]?.id)
}

/** The same within a transaction. Answers the surplus, öre. */
export async function finishIn(
  tx: Tx,
  { clock, config }: Uses<'clock' | 'config'>,
  payment: Payment,
  lines: PaymentLine[],
  credits: KohaCredit[],
): Promise<Ore> {
  const now = clock.now()
  const surplus = surplusOf(
    lines,
    credits.flatMap(({ debits }) => debits),
  )
  const total = sum(surplus.map(({ amount }) => amount))
  await lockPayment(tx, payment.reference)
  await Promise.all([
    recordWritten(tx, payment.id, total, now),
    releaseDebts(tx, payment.id),
    recordEvent(tx, payment.id, {
      at: now,
      what: 'registered',
      by: 'koha',
      detail: credits.map(({ kohaId }) => kohaId).join(' '),
    }),
    sendReceiptNow(tx, payment.id, now),
  ])
  if (total === 0) return total
  const coded = surplus.flatMap(({ lineId, amount }) => {
    const line = lines.find(({ id }) => id === lineId)
    return line ? [{ part: line.id, amount, coding: line.coding, debtType: line.debitType }] : []
  })
  await book(tx, surplusPostings(payment.reference, coded, config.economy.accounts.surplus), now)
  await giveSurplusBack(tx, { config, clock }, payment.reference)
  return total
}
