import type { z } from 'zod'
import type { Ore } from '../../base/money.ts'
import type { BookingOutcome } from '../ports/koha.ts'
import { accept, isKohaError, troubleOf } from './answers.ts'
import type { Reply } from './exchange.ts'

/**
 * The statuses that Koha gives before it books anything: the key (401), the permission (403), the shape (400) and the
 * patron (404) are checked first; 409 is its word for a conflict that it has not resolved. Only in Koha's own shape: a
 * proxy's page with the same number says nothing about what Koha did behind it.
 */
const REFUSALS = [400, 401, 403, 404, 409]

/**
 * Returns what a reply to the POST of an account line proves. Koha answers an exception with 500 even after the line
 * is committed (Koha/REST/V1/Patrons/Account.pm), so only a line of exactly the sum that was asked for counts as
 * booked, and only a refusal of Koha's own as not booked.
 */
export function bookingOutcome<Sent, Line extends { amount: Ore }>(
  reply: Reply,
  shape: z.ZodType<Sent>,
  lineFrom: (line: Sent) => Line | undefined,
  asked: Ore,
): BookingOutcome<Line> {
  if (reply.kind === 'not-sent') return { kind: 'not-sent', trouble: reply.trouble }
  if (reply.kind === 'answered' && REFUSALS.includes(reply.status) && isKohaError(reply.json))
    return { kind: 'refused', trouble: troubleOf(reply) }
  const answer = accept(reply, shape)
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  const line = lineFrom(answer.value)
  if (line?.amount === asked) return { kind: 'booked', line }
  return { kind: 'unknown', trouble: { kind: 'nonsense', message: 'Koha answers with another amount' } }
}
