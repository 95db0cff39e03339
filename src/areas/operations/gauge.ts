import type { Figure, GaugeGroup } from '../../area.ts'

/** Returns a figure as one number: of a gauge with a label, the sum over its values; 0 when it was not read. */
export function totalOf(figure: Figure | undefined): number {
  if (typeof figure === 'number' || figure === undefined) return figure ?? 0
  return Object.values(figure).reduce((sum, one) => sum + one, 0)
}

/** Whether something of a group stands on the state page. */
export function hasTile({ gauges }: GaugeGroup): boolean {
  return Object.values(gauges).some(({ tile }) => tile !== undefined)
}
