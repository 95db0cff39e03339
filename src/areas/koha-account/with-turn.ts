import { randomUUID } from 'node:crypto'
import type { Tx } from '../../database/database.ts'
import type { Uses } from '../../work/context.ts'
import { claimTurn, releaseTurn } from './turn-store.ts'

/** The turn to write to a patron's account. */
export interface Turn {
  /** Ends the turn with the commit of the last that is done in it. */
  endIn(tx: Tx): Promise<void>
}

/**
 * Does something to a patron's account while nobody else does, over all instances: Koha takes no lock
 * (Koha/Account/Line.pm). Returns false, with nothing done, while another is at it. The turn outlives the longest that Koha
 * may still be at work for us, so that nobody writes in between even if we die.
 */
export async function withTurn(
  { db, clock, config }: Uses<'db' | 'clock' | 'config'>,
  patronId: number,
  work: (turn: Turn) => Promise<void>,
): Promise<boolean> {
  const holder = randomUUID()
  const now = clock.now()
  const { writeSeconds, longestRequestSeconds } = config.koha
  const until = new Date(now.getTime() + (writeSeconds + longestRequestSeconds) * 1000)
  if (!(await claimTurn(db, patronId, holder, now, until))) return false
  let ended = false
  const turn: Turn = {
    endIn: async (tx) => {
      await releaseTurn(tx, patronId, holder)
      ended = true
    },
  }
  try {
    await work(turn)
    return true
  } catch (error) {
    // The commit that was to end it may not have come about.
    ended = false
    throw error
  } finally {
    if (!ended) await releaseTurn(db, patronId, holder)
  }
}
