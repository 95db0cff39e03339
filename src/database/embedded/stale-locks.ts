import { existsSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Removes the lock files of a server that is no more. PostgreSQL does so itself unless their process id is taken by
 * somebody else by now, and after a power cut in a container, where ids begin at 1 again, it often is: then it would
 * refuse to start until a person removes them. Every process of a server stands in its data folder; only when none does
 * is anything removed. Where there is no /proc to look in, all stays as it is.
 */
export function removeStaleLocks(place: string, data: string): void {
  if (!existsSync('/proc/self/cwd') || somebodyStandsIn(realpathSync(data))) return
  for (const lock of [join(data, 'postmaster.pid'), join(place, '.s.PGSQL.5432.lock')])
    rmSync(lock, { force: true })
}

function somebodyStandsIn(folder: string): boolean {
  return readdirSync('/proc').some((id) => /^\d+$/.test(id) && standsIn(id, folder))
}

/** What may not be read belongs to another user, who could not use the folder; what is dead stands nowhere. */
function standsIn(id: string, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${id}/cwd`) === folder
  } catch {
    return false
  }
}
