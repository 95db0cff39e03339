const MINUTE = 60_000

/** When a notice that did not get away is tried again: minutes after each try. Three days in all, as mail servers do. */
export const gaps = [1, 5, 15, 60, 180, 360, 720, 720, 720, 1440] as const

/** Returns the next try after so many that failed, this one counted; null when it is to be given up. */
export function nextTry(failedTries: number, now: Date): Date | null {
  const gap = gaps[failedTries - 1]
  return gap === undefined ? null : new Date(now.getTime() + gap * MINUTE)
}
