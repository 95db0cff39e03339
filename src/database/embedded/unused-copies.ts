import { existsSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'

const DAY = 24 * 60 * 60 * 1000

/**
 * Removes every copy in `cache` but `name` that was not used for a day and that no process runs from: those of earlier
 * versions, and what a start left that died while it copied. Removes nothing where there is no /proc to look in.
 */
export function removeUnusedCopies(
  cache: string,
  name: string,
  running: readonly string[] = runningPrograms(),
): void {
  if (running.length === 0) return
  for (const other of readdirSync(cache).filter((entry) => entry !== name)) {
    const copy = join(cache, other)
    const used = statSync(copy, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY
    if (Date.now() - used > DAY && !running.some((program) => program.startsWith(copy + sep)))
      rmSync(copy, { recursive: true, force: true })
  }
}

/** Returns the paths of all programs that run on this machine, as far as we may see them. */
export function runningPrograms(): string[] {
  if (!existsSync('/proc/self/exe')) return []
  return readdirSync('/proc')
    .filter((id) => /^\d+$/.test(id))
    .flatMap((id) => {
      try {
        return [readlinkSync(`/proc/${id}/exe`)]
      } catch {
        // It has ended, or belongs to a user whose processes are not ours to see.
        return []
      }
    })
}
