import { randomUUID } from 'node:crypto'
import type { Uses } from '../../work/context.ts'
import { giveTurnBack, holdTurn } from './turn-store.ts'

/**
 * Does something to a patron's account while nobody else does, over all instances: Koha takes no lock
 * (Koha/Account/Line.pm). False, and nothing done, while another is at it. The turn outlives the longest that Koha may
 * still be at work for us, so that nobody writes in between even if we die.
 */
export async function takeTurn(
  { db, clock, config }: Uses<'db' | 'clock' | 'config'>,
  patronId: number,
  work: () => Promise<void>,
): Promise<boolean> {
  const holder = randomUUID()
  const now = clock.now()
  const { writeSeconds, longestRequestSeconds } = config.koha
  const until = new Date(now.getTime() + (writeSeconds + longestRequestSeconds) * 1000)
  if (!(await holdTurn(db, patronId, holder, now, until))) return false
  try {
    await work()
    return true
  } finally {
    await giveTurnBack(db, patronId, holder)
  }
}
