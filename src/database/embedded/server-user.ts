import { readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { EmbeddedServerError } from './embedded-error.ts'

/** A user of this machine. */
export interface ServerUser {
  name: string
  uid: number
  gid: number
}

/**
 * Returns the user whom PostgreSQL must run as when Kvitt runs as root, which PostgreSQL refuses; undefined when it runs
 * as we do. Existing data keep their owner: who looks at a service's tables as root must not shut the service out.
 * Throws when there is nobody to run it as.
 */
export function serverUser(data: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(data, { throwIfNoEntry: false })
  if (owner === undefined) return userForNewData()
  if (owner.uid !== 0) return { name: nameOf(owner.uid), uid: owner.uid, gid: owner.gid }
  throw new EmbeddedServerError(
    `PostgreSQL refuses to run as root, and ${data} belongs to root. Give it to the user whom it belonged to before, or: chown -R ${userForNewData().name} '${data}'`,
  )
}

/** Returns the user whom this process runs as. */
export function currentUser(): ServerUser {
  const uid = process.getuid?.() ?? -1
  return { name: uid < 0 ? userInfo().username : nameOf(uid), uid, gid: process.getgid?.() ?? -1 }
}

function userForNewData(): ServerUser {
  const found = users().find(({ name }) => name === 'postgres' || name === 'nobody')
  if (found) return found
  throw new EmbeddedServerError(
    'PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody" here: run Kvitt as an ordinary user, or set database.url to a PostgreSQL server.',
  )
}

function nameOf(uid: number): string {
  return users().find((user) => user.uid === uid)?.name ?? String(uid)
}

function users(): ServerUser[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}
