import { accessSync, constants, realpathSync, type Stats, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { currentUser, type ServerUser } from './server-user.ts'

/**
 * Returns a sentence that names the first folder on the way to `place`, or `place` itself, that the user (or we, when
 * undefined) may not enter; undefined when all of them let the user pass.
 */
export function closedFolder(place: string, user: ServerUser | undefined): string | undefined {
  for (const folder of foldersTo(place)) {
    const stats = statSync(folder, { throwIfNoEntry: false })
    if (stats === undefined) return undefined
    const enters = user === undefined ? weMayEnter(folder) : mayEnter(stats, user)
    const mode = (stats.mode & 0o7777).toString(8)
    if (!enters) return `The user "${(user ?? currentUser()).name}" may not enter ${folder} (mode ${mode}).`
  }
  return undefined
}

/** From the root of the file system downwards. */
function foldersTo(place: string): string[] {
  const folders = [withoutLinks(place)]
  for (let folder = folders[0] ?? '/'; folder !== dirname(folder); ) {
    folder = dirname(folder)
    folders.unshift(folder)
  }
  return folders
}

function withoutLinks(place: string): string {
  try {
    return realpathSync(place)
  } catch {
    // Whoever may not enter a folder may not follow the links in it either.
    return resolve(place)
  }
}

function weMayEnter(folder: string): boolean {
  try {
    accessSync(folder, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** By the folder's mode alone, for a user without further groups, as the server is run. */
function mayEnter(stats: Stats, { uid, gid }: ServerUser): boolean {
  const shift = stats.uid === uid ? 6 : stats.gid === gid ? 3 : 0
  return ((stats.mode >> shift) & 1) === 1
}
