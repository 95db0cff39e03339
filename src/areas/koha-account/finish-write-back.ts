import { type Ore, sum } from '../../base/money.ts'
import type { Tx } from '../../database/database.ts'
import type { Uses } from '../../work/context.ts'
import { surplusPostings } from '../ledger/posting.ts'
import { book } from '../ledger/store.ts'
import { sendReceiptNow } from '../notices/store.ts'
import { recordEvent } from '../payments/event-store.ts'
import { type PaymentLine, releaseDebts } from '../payments/line-store.ts'
import { lockPayment, type Payment } from '../payments/store.ts'
import { type KohaCredit, recordWritten, waitsWithCredits } from '../payments/write-back-store.ts'
import { giveSurplusBack } from '../refunds/give-surplus-back.ts'
import { surplusOf } from './credit-plan.ts'
import type { Turn } from './with-turn.ts'

/** A payment with all that could be credited of it, and the turn in which that was done. */
export interface Written {
  payment: Payment
  lines: PaymentLine[]
  credits: KohaCredit[]
  turn: Turn
}

/**
 * Records that all that can be credited is in Koha: the debts are let go, and what was paid for debts that had shrunk
 * meanwhile leaves the income accounts, to be refunded: by itself or by a person, as the library has decided.
 */
export async function finishWriteBack(
  uses: Uses<'db' | 'jobs' | 'clock' | 'config' | 'log'>,
  { payment, lines, credits, turn }: Written,
): Promise<void> {
  const surplus = await uses.db.transaction(async (tx) => {
    const [locked, stands] = await Promise.all([
      lockPayment(tx, payment.reference),
      waitsWithCredits(
        tx,
        payment.id,
        credits.map(({ id }) => id),
      ),
    ])
    await turn.endIn(tx)
    return stands ? finishIn(tx, uses, locked, lines, credits) : undefined
  })
  if (surplus === undefined) return
  uses.log.info(
    { event: 'payment.registered', payment: payment.reference, credits: credits.length, surplus },
    'registered in Koha',
  )
  uses.jobs.wake('notices')
  if (surplus > 0) uses.jobs.wake('refunds')
}

/** The same within a transaction that holds the payment's lock. Returns the surplus, öre. */
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
  await Promise.all([
    recordWritten(tx, payment.id, total, now),
    releaseDebts(tx, payment.id),
    recordEvent(tx, payment.id, {
      at: now,
      what: 'registered',
      by: 'koha',
      facts: { credits: credits.map(({ kohaId }) => kohaId) },
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
