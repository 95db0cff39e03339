import type { Area } from '../area.ts'
import type { Context } from '../work/context.ts'
import type { DueWork } from '../work/workers.ts'

/** Returns what the areas do by themselves, by the name that each is woken by. */
export function workOf(areas: readonly Area[], context: Context): Record<string, DueWork> {
  return Object.fromEntries(
    areas.flatMap(({ workers = {} }) =>
      Object.entries(workers).map(([name, work]) => [name, () => work(context)]),
    ),
  )
}
