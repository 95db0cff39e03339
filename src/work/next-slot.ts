import { Cron } from 'croner'
import { TIME_ZONE } from '../base/calendar.ts'

/**
 * Returns the first time after an instant that a plan (minute hour day month weekday, local time) names. In the night that
 * loses an hour, a time within it is when the hour ends; in the night that gains one, it is the first of the two.
 * Throws when the plan is none, or names no time at all.
 */
export function nextSlot(cron: string, after: Date): Date {
  const slot = new Cron(cron, { timezone: TIME_ZONE, mode: '5-part' }).nextRun(after)
  if (slot === null) throw new RangeError(`"${cron}" is never`)
  return slot
}
