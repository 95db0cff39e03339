import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import type { CodePart, CodingRule } from '../areas/debts/coding.ts'
import { readCodingRules } from '../areas/debts/coding-file.ts'
import { faultOf } from './faults.ts'
import { settingPlaces } from './places.ts'
import { type ProviderEntry, providerFaults } from './provider-faults.ts'
import { roleFaults } from './role-faults.ts'
import { type Settings, settingsSchema } from './schema.ts'
import { type Fault, readSettings, readTree, type Tree } from './tree.ts'

/** The settings as checked, with the coding rules of the file beside them. */
export type Config = Settings & {
  coding: CodingRule[]
  /** Parts of the code string that the economy system refuses to be without. */
  neededParts: CodePart[]
  /** Relative paths in the settings start here. */
  folder: string
}

export interface ConfigSources {
  /** Path of kvitt.yaml. */
  file: string
  environment: Record<string, string | undefined>
  /** Every provider that this version knows, by name. */
  providers: Record<string, ProviderEntry>
  /** What others have to say about the section library (the look: its colours must be readable). */
  lookFaults?: (settings: Pick<Settings, 'library'>) => Fault[]
}

export type ConfigOutcome = { ok: true; config: Config } | { ok: false; faults: Fault[] }

/**
 * Reads kvitt.yaml, the environment, the files that either names, and the coding rules; and tells all faults at once.
 * A fault in one section does not hide those of another.
 */
export function loadConfig({ file, environment, providers, lookFaults }: ConfigSources): ConfigOutcome {
  const faults: Fault[] = []
  const folder = dirname(resolve(file))
  const schema = settingsSchemaWith(providers)
  const tree = readSettings(file, environment, settingPlaces(schema), faults)
  if (!tree) return { ok: false, faults }

  const checked = schema.safeParse(tree)
  if (!checked.success) faults.push(...checked.error.issues.map(faultOf))
  const library = settingsSchema.shape.library.safeParse(tree.library)
  if (library.success) faults.push(...(lookFaults?.({ library: library.data }) ?? []))
  faults.push(...providerFaults(tree, providers))
  if (checked.success) faults.push(...roleFaults(checked.data as Settings))
  const coding = readCoding(tree, folder, faults)
  if (!checked.success || faults.length > 0) return { ok: false, faults }

  const settings = checked.data as Settings
  return { ok: true, config: { ...settings, coding, neededParts: neededParts(settings), folder } }
}

/** Returns the whole schema: the settings of every known provider are those that the provider wants. */
export function settingsSchemaWith(providers: Record<string, ProviderEntry>) {
  const optional = Object.entries(providers).map(([name, { settings }]) => [name, settings.optional()])
  return settingsSchema.extend({
    providers: z
      .strictObject(Object.fromEntries(optional))
      .describe(settingsSchema.shape.providers.description ?? ''),
  })
}

/** The coding rules can be checked as soon as the section economy is in order. */
function readCoding(tree: Tree, folder: string, faults: Fault[]): CodingRule[] {
  const economy = settingsSchema.shape.economy.safeParse(tree.economy)
  if (!economy.success) return []
  const { codingFile, codeString } = economy.data
  const rules = readTree(resolve(folder, codingFile), faults, 'failsafe')
  if (!rules) return []
  const outcome = readCodingRules(rules, codeString, codingFile)
  faults.push(...outcome.faults)
  return outcome.rules
}

function neededParts({ economy }: Settings): CodePart[] {
  const parts = ['costCentre', 'activity', 'project', 'counterparty'] as const
  return parts.filter((part) => economy.codeString[part]?.mandatory)
}
