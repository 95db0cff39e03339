import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

export interface SourceFile {
  /** From the project's folder, with slashes. */
  path: string
  text: string
}

/** Every file below the folders that ends in one of the endings. Folders that are not there yet hold nothing. */
export function filesIn(folders: string[], endings: string[]): SourceFile[] {
  return folders
    .flatMap((folder) => pathsIn(folder))
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

function pathsIn(folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
      .filter((path) => !path.includes('node_modules/'))
      .sort()
  } catch {
    return []
  }
}

/** Where a pattern stands in a file, as `path:line: the line`. */
export function linesWith({ path, text }: SourceFile, pattern: RegExp): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
    )
}

/** The code without its comments. Good enough for a search; it does not know about `//` inside a text. */
export function withoutComments(file: SourceFile): SourceFile {
  const text = file.text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, '$1')
  return { ...file, text }
}
