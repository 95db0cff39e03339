import type { Store } from 'express-session'

/** Milliseconds. */
const TOUCH_EVERY = 60_000
const MOST_REMEMBERED = 10_000

/**
 * Returns the same store, which lengthens a session's life at most once a minute: a page view must not wait for a commit.
 * `now`: milliseconds.
 */
export function throttleTouch<Throttled extends Store>(store: Throttled, now = Date.now): Throttled {
  const touch = store.touch?.bind(store)
  const touched = new Map<string, number>()
  store.touch = (id, session, done) => {
    const at = now()
    if (at - (touched.get(id) ?? Number.NEGATIVE_INFINITY) < TOUCH_EVERY) return done?.()
    if (touched.size >= MOST_REMEMBERED) touched.clear()
    touched.set(id, at)
    touch?.(id, session, done)
  }
  return store
}
