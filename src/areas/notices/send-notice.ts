import type { Trouble } from '../../base/answer.ts'
import type { Letter, Mailer } from '../../outside/ports/mail.ts'
import type { Uses } from '../../work/context.ts'
import { isMailAddress } from './mail-address.ts'
import { nextTry } from './retry-plan.ts'
import { type Notice, recordNotSent, recordSent } from './store.ts'

export type SendOutcome = 'sent' | 'later' | 'given-up'

/**
 * Sends a notice that has been claimed, as the letter that `compose` makes of it, and records what became of it. What may go better another time is tried for
 * three days; an address that nobody can deliver to is given up at once. Sent twice (we died in between) it is the same
 * letter with the same Message-ID.
 */
export async function sendNotice(
  { mailer, db, clock, log }: Uses<'mailer' | 'db' | 'clock' | 'log'>,
  notice: Notice,
  compose: (envelope: Pick<Letter, 'to' | 'messageId'>) => Letter | Promise<Letter>,
): Promise<SendOutcome> {
  const trouble = isMailAddress(notice.address)
    ? await post(mailer, await compose({ to: notice.address, messageId: notice.messageId }))
    : { kind: 'refused' as const, message: 'not a mail address' }
  const now = clock.now()
  if (!trouble) {
    await recordSent(db, notice.id, now)
    log.info({ event: 'letter.sent', notice: notice.messageId }, 'mail sent')
    return 'sent'
  }
  const again = trouble.kind === 'refused' ? null : nextTry(notice.tries + 1, now)
  await recordNotSent(db, notice.id, trouble.message, again)
  log.warn(
    { event: 'letter.not-sent', notice: notice.messageId, trouble, next: again?.toISOString() ?? null },
    'mail not sent',
  )
  return again ? 'later' : 'given-up'
}

async function post(mailer: Mailer, letter: Letter): Promise<Trouble | null> {
  const answer = await mailer.send(letter)
  return answer.ok ? null : answer.trouble
}
