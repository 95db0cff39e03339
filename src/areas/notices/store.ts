import type { Language } from '../../base/language.ts'
import { claimDue, type DueWork } from '../../database/claim-due.ts'
import type { Own, Sql, Tx } from '../../database/database.ts'

/** A notice that is to be sent, or has been. */
export interface Notice {
  id: number
  kind: 'receipt' | 'refund'
  paymentId: number
  /** The refund that it tells of; null for a receipt. */
  refundId: number | null
  address: string
  language: Language
  messageId: string
  state: 'waiting' | 'sent' | 'given-up'
  tries: number
  sentAt: Date | null
}

export interface NewReceipt {
  paymentId: number
  reference: string
  address: string
  language: Language
  now: Date
}

/** A receipt waits this long for Koha, so that it can say that the payment is registered there; then it goes anyway. */
const WAIT_FOR_KOHA_SECONDS = 60

/** The receipt that belongs to a payment: written in the transaction that learns that the money is taken. */
export async function writeReceiptNotice(tx: Tx, receipt: NewReceipt): Promise<void> {
  await insertReceipt(tx, receipt, WAIT_FOR_KOHA_SECONDS)
}

/** One more receipt, because the borrower asked for it. */
export async function writeReceiptAgain(tx: Tx, receipt: NewReceipt): Promise<void> {
  await insertReceipt(tx, receipt, 0)
}

async function insertReceipt(
  tx: Tx,
  { paymentId, reference, address, language, now }: NewReceipt,
  waitSeconds: number,
): Promise<void> {
  await tx.query(
    `insert into notice (kind, payment_id, round, address, language, message_id, state, next_try_at, created_at)
     select 'receipt', $1, coalesce(max(round), 0) + 1, $2, $3, $4 || '-' || (coalesce(max(round), 0) + 1), 'waiting',
            $5::timestamptz + make_interval(secs => $6), $5
     from notice where payment_id = $1 and kind = 'receipt'`,
    [paymentId, address, language, `receipt-${reference}`, now, waitSeconds],
  )
}

/**
 * Tells the payer of a refund: written in the transaction that learns that it is done. Without an address nobody is told;
 * the receipt's page says it.
 */
export async function writeRefundNotice(
  tx: Tx,
  notice: { paymentId: number; refundId: number; reference: string; time: number; now: Date },
): Promise<void> {
  await tx.query(
    `insert into notice (kind, payment_id, refund_id, round, address, language, message_id, state, next_try_at, created_at)
     select 'refund', payment.id, $2, coalesce(max(round), 0) + 1, receipt_email, payment.language, $3, 'waiting', $4::timestamptz, $4
     from payment left join notice on notice.payment_id = payment.id and notice.kind = 'refund'
     where payment.id = $1 and receipt_email is not null group by payment.id`,
    [notice.paymentId, notice.refundId, `refund-${notice.reference}-${notice.time}`, notice.now],
  )
}

/** Nothing is left to wait for: the waiting receipts of a payment are due. */
export async function sendReceiptNow(tx: Tx, paymentId: number, now: Date): Promise<void> {
  await tx.query(
    `update notice set next_try_at = $2 where payment_id = $1 and kind = 'receipt' and state = 'waiting' and tries = 0`,
    [paymentId, now],
  )
}

interface NoticeRow {
  id: number
  kind: Notice['kind']
  payment_id: number
  refund_id: number | null
  address: string
  language: Language
  message_id: string
  state: Notice['state']
  tries: number
  sent_at: Date | null
}

function asNotice(row: NoticeRow): Notice {
  return {
    id: row.id,
    kind: row.kind,
    paymentId: row.payment_id,
    refundId: row.refund_id,
    address: row.address,
    language: row.language,
    messageId: row.message_id,
    state: row.state,
    tries: row.tries,
    sentAt: row.sent_at,
  }
}

/** Takes due notices; one that we die with goes out again with the same Message-ID. */
export async function claimDueNotices(
  own: Own,
  now: Date,
  leaseSeconds: number,
  limit: number,
): Promise<Notice[]> {
  return (await claimDue<NoticeRow>(own, dueNotice, now, leaseSeconds, limit)).map(asNotice)
}

const dueNotice: DueWork = {
  table: 'notice',
  key: 'id',
  dueAt: 'next_try_at',
  waiting: "state = 'waiting'",
  tells: '*',
}

/** Returns the receipts of a payment that have been sent or are to be, oldest first. */
export async function receiptMailsOf(sql: Sql, paymentId: number): Promise<Notice[]> {
  return (await noticesOf(sql, paymentId)).filter(({ kind }) => kind === 'receipt')
}

/** Returns all mails about a payment, oldest first. */
export async function noticesOf(sql: Sql, paymentId: number): Promise<Notice[]> {
  return (
    await sql.query<NoticeRow>('select * from notice where payment_id = $1 order by id', [paymentId])
  ).map(asNotice)
}

export async function recordSent(own: Own, id: number, at: Date): Promise<void> {
  await own.query(
    `update notice set state = 'sent', sent_at = $2, next_try_at = null, last_trouble = null where id = $1`,
    [id, at],
  )
}

/** Counts a try that failed; `nextTryAt` null gives the notice up. */
export async function recordNotSent(
  own: Own,
  id: number,
  trouble: string,
  nextTryAt: Date | null,
): Promise<void> {
  await own.query(
    `update notice set tries = tries + 1, last_trouble = $2, next_try_at = $3,
            state = case when $3::timestamptz is null then 'given-up' else 'waiting' end where id = $1`,
    [id, trouble, nextTryAt],
  )
}
