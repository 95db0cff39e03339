import type { Own } from '../../database/database.ts'

export interface RequestCount {
  hits: number
  /** ISO date-time with zone. */
  endsAt: string
}

/** Counts one more request of a key in its window, which begins with the first. `windowMs`: milliseconds. */
export async function countRequest(
  db: Own,
  { key, windowMs, now }: { key: string; windowMs: number; now: Date },
): Promise<RequestCount> {
  const [row] = await db.query<RequestCount>(
    `insert into request_count as held (key, hits, ends_at) values ($1, 1, $2)
     on conflict (key) do update
       set hits = case when held.ends_at <= $3 then 1 else held.hits + 1 end,
           ends_at = case when held.ends_at <= $3 then $2 else held.ends_at end
     returning hits, to_char(ends_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "endsAt"`,
    [key, new Date(now.getTime() + windowMs), now],
  )
  // A window that begins is a good moment to forget those that are long over.
  if (row?.hits === 1)
    await db.query('delete from request_count where ends_at < $1', [new Date(now.getTime() - windowMs)])
  return row ?? { hits: 1, endsAt: now.toISOString() }
}

export async function uncountRequest(db: Own, key: string): Promise<void> {
  await db.query('update request_count set hits = greatest(hits - 1, 0) where key = $1', [key])
}

export async function forgetRequests(db: Own, key: string): Promise<void> {
  await db.query('delete from request_count where key = $1', [key])
}
