import type { Area, Figure, GaugeGroup } from '../../area.ts'
import type { Uses } from '../../work/context.ts'

/** Returns the figures of all areas' gauges by name, of the groups that are wanted. */
export async function readGauges(
  { db, clock }: Uses<'db' | 'clock'>,
  areas: readonly Area[],
  wanted: (group: GaugeGroup) => boolean = () => true,
): Promise<Map<string, Figure>> {
  const groups = areas.flatMap(({ gauges = [] }) => gauges).filter(wanted)
  const found = await Promise.all(groups.map((group) => group.read(db, clock.now())))
  return new Map(found.flatMap((figures) => Object.entries(figures)))
}
