import type { NeighbourState } from '../../../base/watched.ts'
import type { Context } from '../../../work/context.ts'
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
 * Everybody whom this process speaks to, also those whom it has not needed yet. Each instance has seen its own: what one
 * calls trouble another may not have met.
 */
export function neighbourList(
  { providers }: Pick<Context, 'providers'>,
  seen: NeighbourState[],
): Neighbour[] {
  const known = [
    { name: 'koha', title: 'Koha' },
    ...providers.all.map(({ name, title }) => ({ name, title })),
    { name: 'mail', title: 'SMTP' },
  ]
  return known.map(({ name, title }) => {
    const state = seen.find((one) => one.name === name)
    return { title, ...told(state) }
  })
}

function told(state: NeighbourState | undefined): Omit<Neighbour, 'title'> {
  if (!state) return { state: 'not-asked', lastOkAt: null, lastTroubleAt: null, lastTrouble: null }
  const { lastOkAt, lastTroubleAt, lastTrouble } = state
  return {
    state: inTrouble(lastOkAt, lastTroubleAt) ? 'trouble' : 'ok',
    lastOkAt,
    lastTroubleAt,
    lastTrouble: lastTrouble?.message ?? null,
  }
}
