import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripped } from './stripped.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
/** What the product reads while it runs, beside its modules and packages. */
const BESIDE = ['views', 'public', 'LICENSE', 'kvitt.example.yaml', 'coding.example.yaml']

/**
 * Writes the product as the image runs it into a folder, which is emptied first: the same files without types. To strip
 * them at each start instead keeps a compiler of 20 MB in memory.
 */
export function buildProduct(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  for (const file of filesOf('src')) write(folder, file)
  for (const name of BESIDE) cpSync(join(root, name), join(folder, name), { recursive: true })
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { name, version, type, scripts } = manifest
  const start = scripts.start.replace('src/main.ts', 'src/main.js')
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, type, scripts: { start } }))
}

function filesOf(place: string): string[] {
  return readdirSync(join(root, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
}

function write(folder: string, file: string): void {
  const target = join(folder, file)
  mkdirSync(dirname(target), { recursive: true })
  if (file.endsWith('.ts'))
    writeFileSync(target.replace(/[.]ts$/, '.js'), stripped(readFileSync(join(root, file), 'utf8')))
  else cpSync(join(root, file), target)
}
