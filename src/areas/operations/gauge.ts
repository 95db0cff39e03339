import type { Area, Figure, GaugeGroup, GaugeKind } from '../../area.ts'

/** Returns a figure as one number: of a gauge with a label, the sum over its values; 0 when it was not read. */
export function totalOf(figure: Figure | undefined): number {
  if (typeof figure === 'number' || figure === undefined) return figure ?? 0
  return Object.values(figure).reduce((sum, one) => sum + one, 0)
}

/** Whether something of a group stands on the state page. */
export function hasTile({ gauges }: GaugeGroup): boolean {
  return Object.values(gauges).some(({ tile }) => tile !== undefined)
}

/** Returns the gauges of all areas with their names, in the order of the areas. */
export function gaugesOf(areas: readonly Area[]): [name: string, kind: GaugeKind][] {
  return areas.flatMap(({ gauges = [] }) => gauges.flatMap((group) => Object.entries(group.gauges)))
}
