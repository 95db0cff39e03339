import type { Uses } from '../context.ts'
import { addToTrail, withTrail } from '../log.ts'
import { sendNotice } from '../notices/send-notice.ts'
import { claimDueNotices, type Notice } from '../notices/store.ts'
import { paymentById } from './list-store.ts'
import { readReceipt } from './read-receipt.ts'

type DeliverUses = Uses<'db' | 'mailer' | 'clock' | 'config' | 'log'>

/** One that we die with is due again after so long. Longer than a letter may take. */
const LEASE_SECONDS = 180
const AT_ONCE = 8

/** Sends the receipts that are due; answers how many were. One that fails unexpectedly keeps its place in its row. */
export async function deliverDueReceipts(uses: DeliverUses): Promise<number> {
  const due = await claimDueNotices(uses.db, uses.clock.now(), LEASE_SECONDS, AT_ONCE)
  await Promise.all(
    due.map((notice) =>
      withTrail({}, () =>
        deliver(uses, notice).catch((error: unknown) => {
          uses.log.error({ err: error, notice: notice.messageId }, 'receipt failed; it is tried again')
        }),
      ),
    ),
  )
  return due.length
}

async function deliver(uses: DeliverUses, notice: Notice): Promise<void> {
  const payment = await paymentById(uses.db, notice.paymentId)
  if (!payment) throw new Error(`No payment ${notice.paymentId}`)
  addToTrail({ payment: payment.reference })
  const receipt = await readReceipt(uses, payment, notice.language)
  if (!receipt) throw new Error(`The payment of notice ${notice.messageId} is not paid`)
  await sendNotice(uses, notice, receipt)
}
