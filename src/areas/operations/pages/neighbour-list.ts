import type { NeighbourState } from '../../../base/watched.ts'
import { inTrouble } from './health.ts'

/** A neighbour as an operator reads it. */
export interface Neighbour {
  title: string
  state: 'ok' | 'trouble' | 'not-asked'
  lastOkAt: Date | null
  lastTroubleAt: Date | null
  /** In words, from the adapter; holds no personal data and no secret. */
  lastTrouble: string | null
}

/**
 * Returns how each neighbour of the areas does, also those whom this process has not needed yet. Each instance has seen
 * its own: what one calls trouble another may not have met.
 */
export function neighbourList(
  neighbours: readonly { metric?: string; title: string }[],
  seen: NeighbourState[],
): Neighbour[] {
  return neighbours.flatMap(({ metric, title }) =>
    metric === undefined ? [] : [{ title, ...presentState(seen.find(({ name }) => name === metric)) }],
  )
}

function presentState(state: NeighbourState | undefined): Omit<Neighbour, 'title'> {
  if (!state) return { state: 'not-asked', lastOkAt: null, lastTroubleAt: null, lastTrouble: null }
  const { lastOkAt, lastTroubleAt, lastTrouble } = state
  return {
    state: inTrouble(lastOkAt, lastTroubleAt) ? 'trouble' : 'ok',
    lastOkAt,
    lastTroubleAt,
    lastTrouble: lastTrouble?.message ?? null,
  }
}
