import type { Area } from '../../area.ts'
import type { Uses } from '../../work/context.ts'
import { hasTile, totalOf } from './gauge.ts'
import { readGauges } from './read-gauges.ts'

/** Paid so long ago and still not in Koha: somebody should know, though it is tried again all the time. */
const LONG_WAIT_SECONDS = 3 * 3600

/**
 * Writes one line to the log while something waits for a person or has waited long for Koha: what an alert can hang on.
 */
export async function alertBacklog(
  uses: Uses<'db' | 'clock' | 'log'>,
  areas: readonly Area[],
): Promise<void> {
  const figures = await readGauges(uses, areas, hasTile)
  const waited = totalOf(figures.get('payments_not_registered_oldest_seconds'))
  if (totalOf(figures.get('cases_open')) === 0 && waited <= LONG_WAIT_SECONDS) return
  const remaining = Object.fromEntries([...figures].map(([name, figure]) => [name, totalOf(figure)]))
  uses.log.error({ event: 'backlog.alert', remaining }, 'manual work or Koha backlog needs attention')
}
