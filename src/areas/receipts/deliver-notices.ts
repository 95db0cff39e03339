import { addToTrail, withTrail } from '../../base/log.ts'
import type { Letter } from '../../outside/ports/mail.ts'
import type { Uses } from '../../work/context.ts'
import { sendNotice } from '../notices/send-notice.ts'
import { claimDueNotices, type Notice } from '../notices/store.ts'
import { paymentById } from '../payments/store.ts'
import { refundById } from '../refunds/store.ts'
import { drawReceiptPdf } from './draw-receipt-pdf.ts'
import { givenBackOf } from './given-back.ts'
import { readReceipt } from './read-receipt.ts'
import { type Receipt, withoutTitles } from './receipt.ts'
import { receiptLetter } from './receipt-mail.ts'
import { refundLetter } from './refund-mail.ts'

type DeliverUses = Uses<'db' | 'mailer' | 'clock' | 'config' | 'log' | 'offLoop'>

/** One that we die with is due again after so long. Longer than a letter may take. */
const LEASE_SECONDS = 180
const AT_ONCE = 8

/** Sends the mails that are due, receipts and others; returns how many were sent. One that fails unexpectedly keeps its place in its row. */
export async function deliverDueNotices(uses: DeliverUses): Promise<number> {
  const due = await claimDueNotices(uses.db, uses.clock.now(), LEASE_SECONDS, AT_ONCE)
  await Promise.all(
    due.map((notice) =>
      withTrail({}, () =>
        deliver(uses, notice).catch((error: unknown) => {
          uses.log.error(
            { event: 'letter.failed', err: error, notice: notice.messageId },
            'mail failed; it is tried again',
          )
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
  const page = `${uses.config.service.baseUrl}/payments/${payment.reference}`
  await sendNotice(uses, notice, (envelope) =>
    notice.refundId === null
      ? composeReceipt(uses, receipt, { ...envelope, page })
      : composeRefund(uses, receipt, notice.refundId, { ...envelope, page }),
  )
}

type Envelope = Parameters<typeof refundLetter>[2]

async function composeReceipt(
  { config, offLoop }: Uses<'config' | 'offLoop'>,
  receipt: Receipt,
  envelope: Envelope,
): Promise<Letter> {
  const shown = config.mail.titlesInReceipts ? receipt : withoutTitles(receipt)
  return receiptLetter(shown, { ...envelope, pdf: await drawReceiptPdf({ offLoop }, shown) })
}

async function composeRefund(
  { db, clock }: Uses<'db' | 'clock'>,
  receipt: Receipt,
  refundId: number,
  envelope: Envelope,
): Promise<Letter> {
  const refund = await refundById(db, refundId)
  if (!refund) throw new Error(`No refund ${refundId}`)
  const [refunded] = givenBackOf([refund])
  const { reference, amount, settledAt } = refund
  const note = {
    reference,
    amount,
    doneAt: settledAt ?? clock.now(),
    forSurplus: refunded?.forSurplus ?? false,
    owedAgain: refunded?.owedAgain ?? false,
  }
  return refundLetter(receipt, note, envelope)
}
