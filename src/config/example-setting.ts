import { isSecret, type JsonSchema } from './json-schema.ts'
import { environmentName } from './tree.ts'

/** One setting on its way into the example. */
export interface Setting {
  key: string
  /** `['koha', 'auth', 'clientSecret']` */
  path: string[]
  node: JsonSchema
  required: boolean
  /** What the example shows: its own value, what the section around it gives, or the default. */
  value: unknown
  /** How many columns from the edge it stands. */
  columns: number
}

/** Returns the settings of one shape of a section, or of an entry of a list, with the values that the example gives. */
export function settingsIn(
  { path, columns }: Pick<Setting, 'path' | 'columns'>,
  { properties = {}, required = [] }: JsonSchema,
  given: unknown,
): Setting[] {
  const values = isRecord(given) ? given : {}
  return Object.entries(properties).map(([key, node]) => ({
    key,
    path: [...path, key],
    node,
    required: required.includes(key),
    value: values[key] ?? node.example ?? node.const ?? node.default,
    columns,
  }))
}

/** Returns the name of the file that holds the setting; undefined for what stands in the open. Named as in the environment. */
export function fileOf({ path, node }: Setting): string | undefined {
  const isPem = node.pem || node.items?.pem
  if (!isPem && !isSecret(node)) return undefined
  const name = environmentName(path).replace('KVITT_', '').replaceAll('_', '-').toLowerCase()
  return `secrets/${name}${isPem ? '.pem' : ''}`
}

/** Returns true for what is written as names with values. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
