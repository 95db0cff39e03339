import type { Tx } from '../../database/database.ts'

/** Whether a try may be made: how many have been made with it, or until when to wait (ISO date-time with zone). */
export type Attempt = { may: true; failures: number } | { may: false; until: string }

/**
 * Counts a try before it is made, so that of any number at once, at any instance, no more are made than may be. `key` is
 * what is counted: a card's digest, an address.
 */
export async function countAttempt(
  tx: Tx,
  { key, now, forgottenBefore }: { key: string; now: Date; forgottenBefore: Date },
): Promise<Attempt> {
  const [counted] = await tx.query<{ failures: number }>(
    `insert into sign_in_attempt as held (key, failures, last_at, wait_until) values ($1, 1, $2, 'epoch')
     on conflict (key) do update
       set failures = case when held.last_at < $3 then 1 else held.failures + 1 end, last_at = $2
       where held.wait_until <= $2
     returning failures`,
    [key, now, forgottenBefore],
  )
  if (counted) return { may: true, failures: counted.failures }
  const [waiting] = await tx.query<{ until: string }>(
    `select to_char(wait_until, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as until from sign_in_attempt where key = $1`,
    [key],
  )
  return { may: false, until: waiting?.until ?? now.toISOString() }
}

export async function waitUntil(tx: Tx, key: string, until: Date): Promise<void> {
  await tx.query('update sign_in_attempt set wait_until = $2 where key = $1', [key, until])
}

/** A try that was right does not count; with `all` nor do those before it. */
export async function clearAttempt(tx: Tx, key: string, all: boolean): Promise<void> {
  await tx.query(
    `update sign_in_attempt
        set failures = case when $2 then 0 else greatest(failures - 1, 0) end, wait_until = 'epoch'
      where key = $1`,
    [key, all],
  )
}

/** Forgets what was last tried before then. */
export async function forgetAttempts(tx: Tx, before: Date): Promise<void> {
  await tx.query('delete from sign_in_attempt where last_at < $1', [before])
}
