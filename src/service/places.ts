import type { Area } from '../area.ts'
import type { Place } from '../web/place.ts'

/** Places that are no area's. Webhooks have a door of their own in front; what it lets by is for nobody. */
const housePlaces: Place[] = [
  { at: '/assets', visitors: 'everybody' },
  { at: '/language', visitors: 'everybody' },
  { at: '/webhooks', visitors: 'everybody' },
]

/** Returns every place among the addresses: the house's and those of the areas. */
export function placesOf(areas: readonly Area[]): Place[] {
  return [...housePlaces, ...areas.flatMap(({ pages = [] }) => pages.flatMap(({ places }) => places))]
}
