import { chmodSync, chownSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { closedFolder } from './closed-folder.ts'
import { EmbeddedServerError } from './embedded-error.ts'
import type { ServerUser } from './server-user.ts'

/**
 * Makes the folder for the socket and the data, closed to all but the server's user, and the folders on the way to it
 * that are not there. Throws when it cannot be made.
 */
export function makeServerFolder(folder: string, user: ServerUser | undefined): void {
  try {
    const first = mkdirSync(dirname(folder), { recursive: true })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (user === undefined) return
    chownSync(folder, user.uid, user.gid)
    if (first === undefined) return
    // Whatever root's umask says, the server's user must get to its folder.
    for (let made = dirname(folder); made.length >= first.length; made = dirname(made)) chmodSync(made, 0o711)
  } catch (error) {
    throw troubleWithFolder(folder, user, (error as Error).message)
  }
}

/** Returns the error that says why PostgreSQL, whose words these are, cannot keep its data here, and what to do. */
export function troubleWithFolder(
  folder: string,
  user: ServerUser | undefined,
  words: string,
): EmbeddedServerError {
  const closed = /permission denied/i.test(words) ? closedFolder(folder, user) : undefined
  const sentence = `PostgreSQL cannot keep its data in ${folder}`
  if (closed === undefined) return new EmbeddedServerError(`${sentence}: ${words.trim()}`)
  const reason = user === undefined ? '' : `PostgreSQL refuses to run as root, so it runs as "${user.name}". `
  return new EmbeddedServerError(
    `${sentence}. ${reason}${closed} Choose a database.folder that this user can reach, such as /var/lib/kvitt/postgres, or run Kvitt as the user to whom the folder belongs.`,
  )
}
