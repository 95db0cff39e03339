import type { z } from 'zod'
import { exampleHead } from './example-head.ts'
import { settingLines } from './example-lines.ts'
import { settingsIn } from './example-setting.ts'
import { jsonSchemaOf } from './json-schema.ts'

const RULE = `# ${'-'.repeat(118)}`

/**
 * Returns kvitt.example.yaml: every setting of the schema, with what it is for, what holds without it and a value of an
 * invented university. `npm run example` writes it, so that a setting is described in one place: its section.
 * Throws when a setting has no description, no example, or does not say what holds without it.
 */
export function exampleText(schema: z.ZodType): string {
  const explained = new Set<string>()
  const sections = settingsIn({ path: [], columns: 0 }, jsonSchemaOf(schema), {})
  const lines = sections.flatMap((section) => ['', RULE, ...settingLines(section, explained)])
  return `${[...exampleHead, ...lines].join('\n')}\n`
}
