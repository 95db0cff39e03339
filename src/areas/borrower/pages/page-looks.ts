import type { Clock } from '../../../work/context.ts'

/** Whether a page that reloads itself should make us ask the payment company once more. */
export interface PageLooks {
  due(reference: string): boolean
}

const FIRST_GAP = 2000
const LONGEST_GAP = 60_000
/** Each gap is so much longer than the last: a dozen questions in the first four minutes. */
const GROWTH = 1.5
const MOST_REMEMBERED = 2000

/**
 * Spaces out what pages ask, in this process: soon after the borrower comes back, ever more seldom later. Nets allows 30
 * questions per payment and hour, and a page that asked every two seconds would use them up within a minute.
 */
export function createPageLooks(clock: Clock): PageLooks {
  const asked = new Map<string, { times: number; last: number }>()
  return {
    due: (reference) => {
      const now = clock.now().getTime()
      const { times, last } = asked.get(reference) ?? { times: 0, last: Number.NEGATIVE_INFINITY }
      const gap = Math.min(LONGEST_GAP, FIRST_GAP * GROWTH ** (times - 1))
      if (now - last < gap) return false
      asked.delete(reference)
      asked.set(reference, { times: times + 1, last: now })
      const [oldest] = asked.keys()
      if (asked.size > MOST_REMEMBERED && oldest !== undefined) asked.delete(oldest)
      return true
    },
  }
}
