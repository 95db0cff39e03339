import type { Sql, Tx } from '../../database/database.ts'

/** A sign-in under way, as stored. Times are ISO date-times with zone. */
export interface SignInRow {
  id: string
  idp: string
  /** SHA-256 of the browser's nonce; the nonce itself is only in its cookie. */
  nonceHash: Buffer
  returnTo: string
  /** True when the person had to prove anew who they are. */
  fresh: boolean
  /** True when it had to be by more than one factor. */
  mfa: boolean
  expiresAt: string
}

/** Remembers a started sign-in, and forgets those that nobody finished. */
export async function insertSignInRequest(tx: Tx, row: SignInRow, now: Date): Promise<void> {
  await tx.query('delete from sign_in_request where expires_at < $1', [now])
  await tx.query(
    `insert into sign_in_request (id, idp, nonce_hash, return_to, fresh, mfa, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [row.id, row.idp, row.nonceHash, row.returnTo, row.fresh, row.mfa, row.expiresAt],
  )
}

/**
 * Returns the living request of this id that this browser started; undefined for anybody else's, a spent or an old
 * one.
 */
export async function findSignInRequest(
  db: Sql,
  { id, nonceHash, now }: { id: string; nonceHash: Buffer; now: Date },
): Promise<SignInRow | undefined> {
  const [row] = await db.query<SignInRow>(
    `select id, idp, nonce_hash as "nonceHash", return_to as "returnTo", fresh, mfa,
            to_char(expires_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "expiresAt"
       from sign_in_request
      where id = $1 and nonce_hash = $2 and expires_at > $3`,
    [id, nonceHash, now],
  )
  return row
}

/** Spends the request: true for exactly one caller, over all instances. */
export async function spendSignInRequest(
  tx: Tx,
  { id, nonceHash, now }: { id: string; nonceHash: Buffer; now: Date },
): Promise<boolean> {
  const spent = await tx.query(
    'delete from sign_in_request where id = $1 and nonce_hash = $2 and expires_at > $3 returning id',
    [id, nonceHash, now],
  )
  return spent.length === 1
}

/** Remembers an assertion until it is dead by itself: false when it has signed somebody in before. */
export async function rememberAssertion(
  tx: Tx,
  { id, expiresAt, now }: { id: string; expiresAt: string; now: Date },
): Promise<boolean> {
  await tx.query('delete from used_assertion where expires_at < $1', [now])
  const added = await tx.query(
    'insert into used_assertion (id, expires_at) values ($1, $2) on conflict (id) do nothing returning id',
    [id, expiresAt],
  )
  return added.length === 1
}
