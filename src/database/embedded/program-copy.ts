import {
  chmodSync,
  closeSync,
  constants,
  cpSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import { EmbeddedServerError } from './embedded-error.ts'
import { removeUnusedCopies } from './unused-copies.ts'

/**
 * Returns the folder of the copy of `source` called `name` in `cache`; makes it when it is not there. Everybody may read
 * and run what is in it, and only we may write. A copy gets its name when it is whole and on the disk, so that neither a
 * start that dies nor another at the same time leaves half of one. Throws when `cache` cannot be used.
 */
export function copyPrograms(source: string, cache: string, name: string): string {
  const copy = join(cache, name)
  try {
    makeCache(cache)
    if (!isOurs(copy)) {
      makeCopy(source, copy)
      removeUnusedCopies(cache, name)
    }
    const now = new Date()
    utimesSync(copy, now, now)
    return copy
  } catch (error) {
    if (error instanceof EmbeddedServerError) throw error
    throw new EmbeddedServerError(
      `PostgreSQL's programs cannot be copied from ${source}, which PostgreSQL's user may not enter, to ${copy}: ${(error as Error).message}. Put Kvitt in a folder that every user may enter, or set database.url to a PostgreSQL server.`,
    )
  }
}

function makeCache(cache: string): void {
  try {
    mkdirSync(cache, 0o755)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  // The umask may have closed it.
  if (isOurs(cache)) chmodSync(cache, 0o755)
}

/** Throws when somebody else could have put something there, or could do so later. */
function isOurs(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false })
  if (stats === undefined) return false
  if (stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0) return true
  throw new EmbeddedServerError(
    `${folder} was not made by Kvitt, or others may write in it: remove it, and start again.`,
  )
}

function makeCopy(source: string, copy: string): void {
  const unfinished = mkdtempSync(`${copy}.unfinished-`)
  try {
    cpSync(source, unfinished, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
    openToAll(unfinished)
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    // Another start was faster, and its copy is as good as ours.
    const another = ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error)) && isOurs(copy)
    if (!another) throw error
  }
}

/** npm leaves what it unpacks as closed as the umask of whoever ran it. */
function openToAll(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue
    setModeAndSync(join(entry.parentPath, entry.name), entry.isDirectory())
  }
  setModeAndSync(folder, true)
}

function setModeAndSync(path: string, folder: boolean): void {
  const file = openSync(path, 'r')
  try {
    const runnable = folder || (lstatSync(path).mode & 0o111) !== 0
    fchmodSync(file, runnable ? 0o755 : 0o644)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? ''
}
