import type { Sql, Tx } from '../../database/database.ts'
import type { Device } from './device.ts'
import type { SignedIn } from './signed-in.ts'

/** Somebody's sessions, found by their identity; with a patron also those that the same patron opened in another way. */
export interface PersonKey {
  id: string
  patronId?: number | undefined
}

/** One session of a person. Times are ISO date-times with zone. */
export interface OwnSession {
  /** Names the session without being able to open it. */
  handle: string
  signedInAt: string
  /** To the minute: a session's life is lengthened no more often. */
  expiresAt: string
  byCard: boolean
  mfa: boolean
  device: Device | null
}

/** connect-pg-simple's table: `sess` is what express-session keeps, passport's part of it is ours (SignedIn). */
const handle = `encode(sha256(convert_to(sid, 'UTF8')), 'hex')`
const living = `expire > now() and sess #>> '{passport,user,identity,id}' is not null`
const ofPerson = `(sess #>> '{passport,user,identity,id}' = $1 or sess #>> '{passport,user,patronId}' = $2)`

/** Returns the living sessions of a person, the newest first. */
export async function sessionsOf(db: Sql, person: PersonKey, now: Date): Promise<OwnSession[]> {
  const rows = await db.query<{ handle: string; user: SignedIn; expiresAt: string }>(
    `select ${handle} as handle, sess #> '{passport,user}' as "user",
            to_char(expire, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "expiresAt"
       from session
      where ${living} and ${ofPerson}
      order by sess #>> '{passport,user,signedInAt}' desc`,
    valuesOf(person),
  )
  return rows
    .filter(({ user }) => Date.parse(user.endsAt) > now.getTime())
    .map(({ handle, user, expiresAt }) => ({
      handle,
      signedInAt: user.signedInAt,
      expiresAt,
      byCard: user.by === 'card',
      mfa: user.mfa ?? false,
      device: user.device ?? null,
    }))
}

/** Returns how many are signed in, and by how many sessions. */
export async function countSessions(db: Sql): Promise<{ people: number; sessions: number }> {
  const [row] = await db.query<{ people: number; sessions: number }>(
    `select count(distinct sess #>> '{passport,user,identity,id}')::int as people, count(*)::int as sessions
       from session where ${living}`,
  )
  return row ?? { people: 0, sessions: 0 }
}

/** Which of a person's sessions end: this one, all but this one, or all of them. Handles, as sessionsOf gives them. */
export type WhichSessions = { one: string } | { allBut: string } | 'all'

/** Ends sessions of a person and answers how many. Nobody else's, whatever handle is given. */
export async function deleteSessionsOf(tx: Tx, person: PersonKey, which: WhichSessions): Promise<number> {
  await lockSessionTable(tx)
  const chosen = which === 'all' ? 'true' : 'one' in which ? `${handle} = $3` : `${handle} <> $3`
  const given = which === 'all' ? [] : ['one' in which ? which.one : which.allBut]
  const gone = await tx.query(`delete from session where ${ofPerson} and ${chosen} returning 1`, [
    ...valuesOf(person),
    ...given,
  ])
  return gone.length
}

/** Ends every session, also of those who only chose a language. Returns how many people's there were. */
export async function deleteAllSessions(tx: Tx): Promise<number> {
  await lockSessionTable(tx)
  const { sessions } = await countSessions(tx)
  await tx.query('delete from session')
  return sessions
}

/** Waits for sessions that are being saved, and keeps others waiting until the commit: none slips back in between. */
async function lockSessionTable(tx: Tx): Promise<void> {
  await tx.query('lock table session in share row exclusive mode')
}

function valuesOf({ id, patronId }: PersonKey): unknown[] {
  return [id, patronId === undefined ? null : String(patronId)]
}
