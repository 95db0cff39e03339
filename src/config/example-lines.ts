import { stringify } from 'yaml'
import { fileOf, isRecord, type Setting, settingsIn } from './example-setting.ts'
import { commentLines, wordsOf } from './example-words.ts'
import { sectionShapes } from './json-schema.ts'

/**
 * Returns the lines of a setting: what is said of it, and the setting itself. `explained` is what has been said further
 * up; it is not said again.
 */
export function settingLines(setting: Setting, explained: Set<string>): string[] {
  const { node, columns } = setting
  const comment = explanation(setting, explained)
  if (!node.alternative) return [...comment, ...bodyLines(setting, explained)]
  return [...comment, ...bodyLines({ ...setting, columns: columns + 2 }, explained).map(asComment)]
}

function explanation(setting: Setting, explained: Set<string>): string[] {
  const words = wordsOf(setting)
  const label = `${setting.key}: ${words}`
  if (explained.has(label)) return []
  explained.add(label)
  return commentLines(words, setting.columns)
}

function bodyLines(setting: Setting, explained: Set<string>): string[] {
  const { key, path, node, value } = setting
  const file = fileOf(setting)
  if (file) return [`${key}File: ${file}`]
  if (sectionShapes(node).length > 0) return [`${key}:`, ...sectionLines(setting, explained).map(indented)]
  if (value === undefined) throw new Error(`${path.join('.')}: give it a value, with .meta({ example })`)
  if (sectionShapes(node.items ?? {}).length > 0 && Array.isArray(value))
    return [`${key}:`, ...value.flatMap((entry) => entryLines(setting, entry, explained)).map(indented)]
  if (!isRecord(value)) return [`${key}: ${inYaml(value)}`]
  return [`${key}:`, ...Object.entries(value).map(([name, inside]) => `  ${inYaml(name)}: ${inYaml(inside)}`)]
}

/** The first shape of a section as it is, every other one as a comment below it. */
function sectionLines({ path, node, value, columns }: Setting, explained: Set<string>): string[] {
  const [first = {}, ...others] = sectionShapes(node)
  // The settings of an outermost section stand apart.
  const gap = path.length === 1 ? [''] : []
  const own = settingsIn({ path, columns: columns + 2 }, first, value).map((one) =>
    settingLines(one, explained),
  )
  const instead = others.flatMap((shape) =>
    settingsIn({ path, columns: columns + 4 }, shape, undefined).flatMap((one) =>
      settingLines(one, explained),
    ),
  )
  return [
    ...own.flatMap((lines, index) => (index > 0 ? [...gap, ...lines] : lines)),
    ...(instead.length > 0 ? ['# Or, in place of these:', ...instead.map(asComment)] : []),
  ]
}

/** An entry of a list has the settings that the example gives it, in that order. */
function entryLines({ path, node, columns }: Setting, entry: unknown, explained: Set<string>): string[] {
  const all = sectionShapes(node.items ?? {}).flatMap((shape) =>
    settingsIn({ path, columns: columns + 4 }, shape, entry),
  )
  const named = Object.keys(isRecord(entry) ? entry : {}).flatMap(
    (key) => all.find((setting) => setting.key === key) ?? [],
  )
  return named.flatMap((setting, index) => {
    const comment = explanation(setting, explained)
    const [line = '', ...more] = bodyLines(setting, explained)
    if (index > 0) return [...comment, line, ...more].map(indented)
    return [...comment, `- ${line}`, ...more.map(indented)]
  })
}

const indented = (line: string) => (line === '' ? '' : `  ${line}`)
const asComment = (line: string) => `# ${line}`.trimEnd()

function inYaml(value: unknown): string {
  // A text alone needs fewer quotes than one among others.
  if (typeof value !== 'object') return stringify(value, { lineWidth: 0 }).trim()
  const options = { collectionStyle: 'flow', flowCollectionPadding: isRecord(value), lineWidth: 0 } as const
  return stringify(value, options).trim()
}
