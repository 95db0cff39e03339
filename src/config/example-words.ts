import { isRecord, type Setting } from './example-setting.ts'
import { sectionShapes } from './json-schema.ts'

const WIDTH = 120

/** Returns what is said of a setting: its description, and what holds when it is left out. Throws when either is missing. */
export function wordsOf(setting: Setting): string {
  const { path, node, required } = setting
  const place = path.join('.')
  if (!node.description) throw new Error(`${place}: say what it is for, with .describe()`)
  const without = node.leftOut ?? (required ? undefined : defaultWords(setting))
  if (without !== undefined) return `${node.description} Left out: ${without}.`
  // A section's settings say it one by one.
  if (required || sectionShapes(node).length > 0) return node.description
  throw new Error(`${place}: say what holds when it is left out, with .meta({ leftOut })`)
}

/** Returns a default as it is written here, with the unit that ends the setting's name; undefined without a default. */
function defaultWords({ key, node, value }: Setting): string | undefined {
  const usual = node.default
  if (usual === undefined || sectionShapes(node).length > 0) return undefined
  const same = JSON.stringify(usual) === JSON.stringify(value)
  const text = isRecord(usual)
    ? Object.keys(usual).join(', ')
    : Array.isArray(usual)
      ? usual.join(', ')
      : String(usual)
  // An address that ends in a full stop is easily copied with it.
  if (same && (isRecord(usual) || text.includes(':'))) return 'as here'
  const [unit] = key.match(/(?:Seconds|Minutes|Hours|Months|Years)$/) ?? []
  return unit ? `${text} ${unit.toLowerCase()}` : text || 'none'
}

/** Returns a text as lines of a comment, no longer than the file is wide at so many columns from its edge. */
export function commentLines(text: string, columns: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1) ?? '#'} ${word}`
    if (lines.length > 0 && columns + line.length <= WIDTH) lines[lines.length - 1] = line
    else lines.push(`# ${word}`)
  }
  return lines
}
