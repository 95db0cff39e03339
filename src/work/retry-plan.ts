/**
 * Returns how long to wait before the next try: 2 s, 4 s, … at most an hour, and between half and all of it, so that
 * not all come at once.
 */
export function retryDelay(tries: number, random: number): number {
  const seconds = Math.min(3600, 2 ** Math.min(tries, 12))
  return seconds * 1000 * (0.5 + random / 2)
}

/**
 * Returns when a neighbour that could not do it is asked again: by the plan, and not before the earliest that makes
 * sense.
 */
export function nextTry(tries: number, random: number, now: Date, notBefore: Date): Date {
  const byPlan = new Date(now.getTime() + retryDelay(tries, random))
  return byPlan > notBefore ? byPlan : notBefore
}
