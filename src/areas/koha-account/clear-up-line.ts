import type { Uses } from '../../work/context.ts'
import {
  type KohaLine,
  type LineKind,
  later,
  linesWithReference,
  type OpenLine,
  type Step,
} from './account-line.ts'
import { recordBooked, recordNotBooked } from './sent-line-store.ts'

/**
 * A line went out and its outcome is unknown: wait until Koha cannot be at work on it any more, then look for it by our
 * reference. Only when it is surely not there may it be sent again.
 */
export async function clearUpLine<Line extends KohaLine>(
  { db, clock, config }: Uses<'db' | 'clock' | 'config'>,
  kind: LineKind<Line>,
  open: OpenLine,
): Promise<Step> {
  const lookFrom = new Date(open.sentAt.getTime() + config.koha.longestRequestSeconds * 1000)
  if (clock.now() < lookFrom) return { kind: 'later', why: 'koha-may-be-at-work', at: lookFrom }

  const found = await kind.find(open.reference)
  if (!found.ok) return later(found.trouble, clock.now(), 5)
  const ours = linesWithReference(found.value, open.reference)
  const [line] = ours
  if (!line) {
    await recordNotBooked(db, kind.name, open.id)
    return { kind: 'on' }
  }
  if (ours.length > 1 || line.amount !== open.amount) {
    return { kind: 'stop', trouble: { kind: 'not-ours', reference: open.reference, lines: ours.length } }
  }
  await recordBooked(db, kind.name, open.id, line.id, clock.now())
  return { kind: 'on' }
}
