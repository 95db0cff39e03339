/** Wrong tries that cost nothing, before waiting begins: for one card, and for one address (a library's own computers share it). */
export const freeTries = { card: 5, address: 40 }

const FIRST_WAIT = 60_000
const LONGEST_WAIT = 60 * 60_000

/** After so long without a try the count starts anew, milliseconds. */
export const FORGOTTEN_AFTER = 24 * 60 * 60_000

/**
 * Returns how long to wait after this many wrong tries, milliseconds: a minute, then twice as long each time, an hour
 * at most. A guesser of one card gets some thirty tries a day, and a stranger cannot lock anybody out for longer than
 * an hour.
 */
export function waitAfter(failures: number, free: number): number {
  return failures < free ? 0 : Math.min(FIRST_WAIT * 2 ** Math.min(failures - free, 20), LONGEST_WAIT)
}
