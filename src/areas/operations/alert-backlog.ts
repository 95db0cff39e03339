import type { Uses } from '../../work/context.ts'
import { remainingWork } from './store.ts'

/** Paid so long ago and still not in Koha: somebody should know, though it is tried again all the time. */
const LONG_WAIT_SECONDS = 3 * 3600

/**
 * Writes one line to the log while something waits for a person or has waited long for Koha: what an alert can hang on.
 */
export async function alertBacklog({ db, clock, log }: Uses<'db' | 'clock' | 'log'>): Promise<void> {
  const remaining = await remainingWork(db, clock.now())
  if (remaining.openCases > 0 || remaining.oldestNotRegistered > LONG_WAIT_SECONDS)
    log.error({ event: 'backlog.alert', remaining }, 'manual work or Koha backlog needs attention')
}
