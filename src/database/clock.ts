import type { Sql } from './database.ts'

/** The time that all instances share. */
export interface DatabaseClock {
  now(): Date
  /** Asks the database again. When it does not answer, time goes on as it was. */
  sync(): Promise<void>
  stop(): void
}

/** Milliseconds that only go forward, and do not jump when somebody sets the machine's clock. */
export type Steady = () => number

/** Less than this is the way there and back, milliseconds. */
const TOLERANCE = 250

/**
 * Returns a clock that follows the database's, so that instances agree about leases and about how long ago something
 * was sent: when one of them is set hours wrong it would else take Koha's answer for lost and send a credit again.
 * Between the questions it counts on by itself. Resolves when the database has been asked once; rejects when that
 * fails.
 */
export async function startDatabaseClock(
  db: Sql,
  steady: Steady = () => performance.now(),
  everySeconds = 2,
): Promise<DatabaseClock> {
  const ask = async () => {
    const before = steady()
    const [row] = await db.query<{ ms: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms',
    )
    const after = steady()
    // What the database said was true somewhere in between.
    return (row?.ms ?? Number.NaN) - (before + after) / 2
  }
  let ahead = await ask()
  const sync = async () => {
    const now = await ask().catch(() => Number.NaN)
    if (Math.abs(now - ahead) > TOLERANCE) ahead = now
  }
  const timer = setInterval(() => void sync(), everySeconds * 1000).unref()
  return {
    now: () => new Date(ahead + steady()),
    sync,
    stop: () => clearInterval(timer),
  }
}
