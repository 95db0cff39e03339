import type { Area, CaseKinds } from '../../area.ts'

/** Returns the kinds of cases of all areas, by name. */
export function caseKindsOf(areas: readonly Area[]): CaseKinds {
  return new Map(areas.flatMap((area) => Object.entries(area.cases ?? {})))
}
