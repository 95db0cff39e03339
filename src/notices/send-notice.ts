import type { Uses } from '../context.ts'
import type { Trouble } from '../outside/ports/neighbour.ts'
import { isMailAddress } from './mail-address.ts'
import { type Receipt, withoutTitles } from './receipt.ts'
import { receiptLetter } from './receipt-mail.ts'
import { receiptPdf } from './receipt-pdf.ts'
import { nextTry } from './retry-plan.ts'
import { type Notice, recordNotSent, recordSent } from './store.ts'

export type SendOutcome = 'sent' | 'later' | 'given-up'

/**
 * Sends a notice that has been claimed, and records what became of it. What may go better another time is tried for
 * three days; an address that nobody can deliver to is given up at once. Sent twice (we died in between) it is the same
 * letter with the same Message-ID.
 */
export async function sendNotice(
  { mailer, db, clock, config, log }: Uses<'mailer' | 'db' | 'clock' | 'config' | 'log'>,
  notice: Notice,
  receipt: Receipt,
): Promise<SendOutcome> {
  const shown = config.mail.titlesInReceipts ? receipt : withoutTitles(receipt)
  const trouble = isMailAddress(notice.address)
    ? await post(mailer, config.service.baseUrl, notice, shown)
    : { kind: 'refused' as const, message: 'not a mail address' }
  const now = clock.now()
  if (!trouble) {
    await recordSent(db, notice.id, now)
    log.info({ notice: notice.messageId }, 'receipt sent')
    return 'sent'
  }
  const again = trouble.kind === 'refused' ? null : nextTry(notice.tries + 1, now)
  await recordNotSent(db, notice.id, trouble.message, again)
  log.warn({ notice: notice.messageId, trouble, next: again?.toISOString() ?? null }, 'receipt not sent')
  return again ? 'later' : 'given-up'
}

async function post(
  mailer: Uses<'mailer'>['mailer'],
  baseUrl: string,
  { address, messageId }: Notice,
  receipt: Receipt,
): Promise<Trouble | null> {
  const page = `${baseUrl}/payments/${receipt.reference}`
  const pdf = await receiptPdf(receipt)
  const answer = await mailer.send(receiptLetter(receipt, { to: address, messageId, page, pdf }))
  return answer.ok ? null : answer.trouble
}
