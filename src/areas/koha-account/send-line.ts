import type { BookingOutcome } from '../../outside/ports/koha.ts'
import type { Uses } from '../../work/context.ts'
import { type KohaLine, type LineKind, later, linesWithReference, type Step } from './account-line.ts'
import { recordBooked, recordNotBooked } from './sent-line-store.ts'

/** A line that Koha is to get. */
export interface LineToSend<Line> {
  reference: string
  /** Commits the intent, before the request leaves; answers our row's number. */
  intend(): Promise<number>
  post(): Promise<BookingOutcome<Line>>
  /** What is to be done when Koha has said that it has it. */
  whenBooked?(line: Line): Promise<void>
}

/**
 * From the intent to the request. A process that was stopped in between for longer may not send any more: another may
 * have looked, found nothing, and sent it.
 */
const SEND_WITHIN_MS = 2000

/**
 * Sends one line to Koha, which has no idempotency key: never without having looked for our reference, never without
 * having committed first that we are about to. An unclear answer leaves the row as `sending`, for clearUpLine.
 */
export async function sendLine<Line extends KohaLine>(
  { db, clock, config }: Uses<'db' | 'clock' | 'config'>,
  kind: LineKind<Line>,
  { reference, intend, post, whenBooked }: LineToSend<Line>,
): Promise<Step> {
  const known = await kind.find(reference)
  if (!known.ok) return later(known.trouble, clock.now(), 5)
  if (linesWithReference(known.value, reference).length > 0) {
    // We have no row of sending it, yet it is there: our tables are older than Koha (a restored backup), or the desk did it.
    return { kind: 'stop', trouble: { kind: 'not-remembered', reference } }
  }
  const intended = clock.now()
  const id = await intend()
  if (clock.now().getTime() - intended.getTime() > SEND_WITHIN_MS) {
    await recordNotBooked(db, kind.name, id)
    return later({ kind: 'timeout', message: 'too-late-to-send' }, clock.now(), 0)
  }
  const outcome = await post()
  switch (outcome.kind) {
    case 'booked':
      await recordBooked(db, kind.name, id, outcome.line.id, clock.now())
      await whenBooked?.(outcome.line)
      return { kind: 'on' }
    case 'not-sent':
      await recordNotBooked(db, kind.name, id)
      return later(outcome.trouble, clock.now(), 5)
    case 'refused':
      await recordNotBooked(db, kind.name, id)
      // A missing permission is mended by the Koha administrator and then it works; anything else needs eyes.
      if (outcome.trouble.kind === 'forbidden') return later(outcome.trouble, clock.now(), 5)
      return { kind: 'stop', trouble: { kind: 'refused', answer: outcome.trouble.message } }
    case 'unknown':
      return later(outcome.trouble, clock.now(), config.koha.longestRequestSeconds)
  }
}
