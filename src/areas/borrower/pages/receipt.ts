import type { Response } from 'express'
import { nothing, type Ore } from '../../../base/money.ts'
import { showPage, wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { type BookGroup, groupByBook } from '../../debts/line-groups.ts'
import { receiptMailsOf } from '../../notices/store.ts'
import { linesOf } from '../../payments/line-store.ts'
import type { Payment } from '../../payments/store.ts'
import { type WriteBack, writeBackOf } from '../../payments/write-back-store.ts'
import { readReceipt } from '../../receipts/read-receipt.ts'
import type { Receipt, ReceiptLine } from '../../receipts/receipt.ts'
import { receiptWords } from '../../receipts/receipt-words.ts'
import { patronOf } from './patron-of.ts'

/** How often a receipt may be asked for by mail, the first one included. */
export const MOST_RECEIPTS = 5

/** Koha is asked about the block; a receipt does not wait longer than this for the answer, milliseconds. */
const PATIENCE = 2500

interface MailForm {
  /** The borrower has just asked for the receipt by mail. */
  sent?: boolean
  emailFault?: boolean
  /** What was typed into the field. */
  email?: string
  status?: number
}

/** Shows the receipt of a paid payment, with its three proofs and what Koha says about the block now. */
export async function showReceipt(
  context: Context,
  res: Response,
  payment: Payment,
  { sent = false, emailFault = false, email, status = 200 }: MailForm = {},
): Promise<void> {
  const { db, providers } = context
  const { language } = wordsOf(res.req)
  const [receipt, lines, writeBack, notices, restricted] = await Promise.all([
    readReceipt(context, payment, language),
    linesOf(db, payment.id),
    writeBackOf(db, payment.id),
    receiptMailsOf(db, payment.id),
    blockNow(context, patronOf(res.req)),
  ])
  if (!receipt) throw new Error(`Payment ${payment.reference} is not paid`)
  const view: ReceiptView = {
    groups: groupByBook(receipt.lines),
    ...presentReceipt(receipt, writeBack, restricted),
    company: providers.named(payment.provider)?.title ?? payment.provider,
    vat: receipt.vat.map((category) => receiptWords[language].vat[category]),
    hasLostBook: lines.some(({ debitType }) => debitType === 'LOST'),
    mail: {
      address: email ?? payment.receiptEmail ?? '',
      fault: emailFault,
      enough: notices.length >= MOST_RECEIPTS,
      sentTo: sent ? (notices.at(-1)?.address ?? null) : null,
    },
  }
  showPage(res, 'borrower/receipt', { payment, receipt, view }, status)
}

export interface ReceiptView extends ReturnType<typeof presentReceipt> {
  groups: BookGroup<ReceiptLine>[]
  company: string
  /** What the receipt says about VAT. */
  vat: string[]
  hasLostBook: boolean
  mail: { address: string; fault: boolean; enough: boolean; sentTo: string | null }
}

export type Proof = { state: 'done'; at: Date } | { state: 'waiting' } | { state: 'checking' }
export type Block = 'free' | 'blocked' | 'blocked-waiting' | 'unknown'

export function presentReceipt(
  receipt: Receipt,
  writeBack: Pick<WriteBack, 'state' | 'surplus'> | undefined,
  restricted: boolean | undefined,
): { koha: Proof; books: Proof; block: Block; surplus: Ore } {
  const parked = writeBack?.state === 'parked'
  const goesBack = receipt.givenBack.some(({ forSurplus, state }) => forSurplus && state !== 'failed')
  const koha: Proof = receipt.kohaRegisteredAt
    ? { state: 'done', at: receipt.kohaRegisteredAt }
    : { state: parked ? 'checking' : 'waiting' }
  return {
    koha,
    books: receipt.bookedAt ? { state: 'done', at: receipt.bookedAt } : { state: 'waiting' },
    block: blockOf(restricted, koha.state === 'done'),
    surplus: goesBack ? nothing : (writeBack?.surplus ?? nothing),
  }
}

function blockOf(restricted: boolean | undefined, registered: boolean): Block {
  if (restricted === undefined) return 'unknown'
  if (!restricted) return 'free'
  return registered ? 'blocked' : 'blocked-waiting'
}

/** Undefined when Koha does not say, or not soon enough. */
async function blockNow({ koha, log }: Context, patronId: number): Promise<boolean | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, PATIENCE, undefined)
  const answer = await Promise.race([koha.patron(patronId), late])
  clearTimeout(timer)
  if (answer && !answer.ok)
    log.warn(
      { event: 'restriction.not-read', trouble: answer.trouble },
      'could not read patron restriction from Koha',
    )
  return answer?.ok ? answer.value?.restricted : undefined
}
