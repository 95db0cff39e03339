import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * Returns a new temporary folder for the embedded database. Run by root, PostgreSQL runs as another user, who may not enter
 * a temporary folder that is root's alone (as libpam-tmpdir gives it): then it is made in /tmp.
 */
export function makeDatabaseFolder(prefix: string): string {
  return mkdtempSync(join(sharedTemporaryFolder(), prefix))
}

/** Returns this machine's folder for temporary files, or /tmp when we are root and others may not enter the former. */
export function sharedTemporaryFolder(folder: string = tmpdir()): string {
  return process.getuid?.() !== 0 || openToOthers(folder) ? folder : '/tmp'
}

function openToOthers(folder: string): boolean {
  const open = ((statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & 1) === 1
  return open && (folder === dirname(folder) || openToOthers(dirname(folder)))
}
