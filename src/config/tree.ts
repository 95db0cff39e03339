import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import { LineCounter, parseDocument, parse as parseYaml } from 'yaml'
import type { SettingPlace } from './places.ts'

/** Settings as they were written, before anything is checked. */
export type Tree = Record<string, unknown>

/** One thing that is wrong, told to an operator: `koha.url: is missing`. */
export type Fault = string

/**
 * Returns a YAML file as a tree. A fault names its place, and never what stands there: that may be a secret. With
 * the schema `failsafe` every value is the text that was written: a cost centre 0123 does not become the number 123.
 */
export function readTree(
  file: string,
  faults: Fault[],
  schema: 'core' | 'failsafe' = 'core',
): Tree | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    faults.push(`${file}: cannot be read (${code === 'ENOENT' ? 'there is no such file' : code})`)
    return undefined
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { schema, prettyErrors: false, lineCounter: lines })
  for (const { code, pos } of document.errors) {
    const { line, col } = lines.linePos(pos[0])
    faults.push(
      `${file}: line ${line}, column ${col}: is no YAML (${code.toLowerCase().replaceAll('_', ' ')})`,
    )
  }
  if (document.errors.length > 0) return undefined
  const tree: unknown = document.toJS()
  if (isTree(tree)) return tree
  faults.push(`${file}: holds no settings`)
  return undefined
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Returns the settings of a file, with what the environment and other files say in their place. Three ways to give a
 * value, the last one wins: `key` in the file; `keyFile` in the file, naming a file that holds it;
 * `KVITT_SECTION_KEY` or `KVITT_SECTION_KEY_FILE` in the environment. Relative paths start at the settings file.
 */
export function readSettings(
  file: string,
  environment: Record<string, string | undefined>,
  places: SettingPlace[],
  faults: Fault[],
): Tree | undefined {
  const tree = readTree(file, faults)
  if (!tree) return undefined
  const folder = dirname(resolve(file))
  for (const place of places) {
    readNamedFile(tree, place, folder, faults)
    readEnvironment(tree, place, environment, folder, faults)
  }
  faults.push(...unknownVariables(environment, places))
  return tree
}

/** Replaces `clientSecretFile: path` by `clientSecret: <what the file holds>`. */
function readNamedFile(tree: Tree, place: SettingPlace, folder: string, faults: Fault[]): void {
  const { path } = place
  const section = path.slice(0, -1).reduce<unknown>((at, key) => (isTree(at) ? at[key] : undefined), tree)
  const name = `${path.at(-1)}File`
  if (!isTree(section) || typeof section[name] !== 'string') return
  const text = readText(section[name], folder, [...path.slice(0, -1), name].join('.'), faults)
  delete section[name]
  if (text !== undefined) put(tree, path, readAs(text, place))
}

function readEnvironment(
  tree: Tree,
  place: SettingPlace,
  environment: Record<string, string | undefined>,
  folder: string,
  faults: Fault[],
): void {
  const name = environmentName(place.path)
  const file = environment[`${name}_FILE`]
  const text = file === undefined ? environment[name] : readText(file, folder, `${name}_FILE`, faults)
  if (text !== undefined) put(tree, place.path, readAs(text, place))
}

/** koha.auth.clientSecret → KVITT_KOHA_AUTH_CLIENT_SECRET */
export function environmentName(path: string[]): string {
  const words = path.map((key) => key.replace(/([a-z])([A-Z])/g, '$1_$2').replaceAll('-', '_'))
  return `KVITT_${words.join('_').toUpperCase()}`
}

/** A misspelt variable must be no more silent than a misspelt key. */
function unknownVariables(environment: Record<string, string | undefined>, places: SettingPlace[]): Fault[] {
  const known = new Set(
    places.flatMap(({ path }) => [environmentName(path), `${environmentName(path)}_FILE`]),
  )
  return Object.keys(environment)
    .filter((name) => name.startsWith('KVITT_') && name !== 'KVITT_CONFIG' && !known.has(name))
    .map((name) => `${name}: there is no such setting`)
}

function readText(file: string, folder: string, setting: string, faults: Fault[]): string | undefined {
  try {
    return readFileSync(isAbsolute(file) ? file : resolve(folder, file), 'utf8').trim()
  } catch {
    faults.push(`${setting}: the file ${file} cannot be read`)
    return undefined
  }
}

/** A text stays the text it is, though it looks like a number. A list is YAML's `[a, b]`, PEM blocks, or one a line. */
function readAs(text: string, { form }: SettingPlace): unknown {
  if (form === 'text') return text
  if (/^[[{]/.test(text) || form === 'other') return asYaml(text)
  return (
    text.match(/-----BEGIN [^-]+-----[\s\S]+?-----END [^-]+-----/g) ??
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  )
}

function asYaml(text: string): unknown {
  try {
    return parseYaml(text)
  } catch {
    return text
  }
}

function put(tree: Tree, [key, ...rest]: string[], value: unknown): void {
  if (key === undefined) return
  if (rest.length === 0) {
    tree[key] = value
    return
  }
  if (!isTree(tree[key])) tree[key] = {}
  put(tree[key] as Tree, rest, value)
}
