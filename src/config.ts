import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { readCodingRules } from './coding-file.ts'
import type { CodePart, CodingRule } from './debts/coding.ts'
import { type Settings, settingsSchema } from './settings.ts'

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
  /** The settings schema of every provider that this version knows, by name. */
  providers: Record<string, z.ZodType>
}

/** One thing that is wrong, told to an operator: `koha.url: Invalid URL`. */
export type Fault = string

export type ConfigOutcome = { ok: true; config: Config } | { ok: false; faults: Fault[] }

/**
 * Reads kvitt.yaml and the environment, and tells all faults at once.
 * Three ways to give a value, the last one wins: `key` in the file; `keyFile` in the file, naming a file that holds it
 * (secrets); `KVITT_SECTION_KEY` or `KVITT_SECTION_KEY_FILE` in the environment.
 */
export function loadConfig({ file, environment, providers }: ConfigSources): ConfigOutcome {
  const faults: Fault[] = []
  const folder = dirname(resolve(file))
  const tree = readTree(file, faults)
  if (!tree) return { ok: false, faults }

  const schema = settingsSchema.extend({ providers: z.strictObject(optionalProviders(providers)) })
  readNamedFiles(tree, folder, faults)
  applyEnvironment(tree, environment, leafPaths(schema), folder, faults)

  const checked = schema.safeParse(tree)
  if (!checked.success) faults.push(...checked.error.issues.map(describeIssue))
  if (faults.length > 0 || !checked.success) return { ok: false, faults }

  const settings = checked.data as Settings
  const coding = readCoding(settings, folder)
  faults.push(...coding.faults, ...contradictions(settings))
  if (faults.length > 0) return { ok: false, faults }
  return {
    ok: true,
    config: { ...settings, coding: coding.rules, neededParts: neededParts(settings), folder },
  }
}

function readCoding({ economy }: Settings, folder: string): { rules: CodingRule[]; faults: Fault[] } {
  const faults: Fault[] = []
  const tree = readTree(resolve(folder, economy.codingFile), faults)
  return tree ? readCodingRules(tree, economy.codeString, economy.codingFile) : { rules: [], faults }
}

function neededParts({ economy }: Settings): CodePart[] {
  const parts = ['costCentre', 'activity', 'project', 'counterparty'] as const
  return parts.filter((part) => economy.codeString[part]?.mandatory)
}

type Tree = Record<string, unknown>

function optionalProviders(providers: Record<string, z.ZodType>): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(providers).map(([name, schema]) => [name, schema.optional()]))
}

function readTree(file: string, faults: Fault[]): Tree | undefined {
  try {
    const tree: unknown = parseYaml(readFileSync(file, 'utf8'))
    if (isTree(tree)) return tree
    faults.push(`${file}: holds no settings`)
  } catch (error) {
    faults.push(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  return undefined
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const NAMED_FILE = /^(.+)File$/

/** Replaces `clientSecretFile: path` by `clientSecret: <what the file holds>`. `codingFile` is a setting of its own. */
function readNamedFiles(tree: Tree, folder: string, faults: Fault[], path: string[] = []): void {
  for (const [key, value] of Object.entries(tree)) {
    const here = [...path, key]
    if (isTree(value)) readNamedFiles(value, folder, faults, here)
    const target = NAMED_FILE.exec(key)?.[1]
    if (!target || key === 'codingFile' || typeof value !== 'string') continue
    delete tree[key]
    const content = readSecret(value, folder, here.join('.'), faults)
    if (content !== undefined) tree[target] = content
  }
}

function readSecret(file: string, folder: string, setting: string, faults: Fault[]): string | undefined {
  try {
    return readFileSync(isAbsolute(file) ? file : resolve(folder, file), 'utf8').trim()
  } catch {
    faults.push(`${setting}: the file ${file} cannot be read`)
    return undefined
  }
}

function applyEnvironment(
  tree: Tree,
  environment: Record<string, string | undefined>,
  leaves: string[][],
  folder: string,
  faults: Fault[],
): void {
  for (const path of leaves) {
    const name = environmentName(path)
    const file = environment[`${name}_FILE`]
    const value = file === undefined ? environment[name] : readSecret(file, folder, `${name}_FILE`, faults)
    if (value !== undefined) put(tree, path, plainValue(value))
  }
}

/** koha.auth.clientSecret → KVITT_KOHA_AUTH_CLIENT_SECRET */
export function environmentName(path: string[]): string {
  return `KVITT_${path
    .map((key) =>
      key
        .replace(/([a-z])([A-Z])/g, '$1_$2')
        .replaceAll('-', '_')
        .toUpperCase(),
    )
    .join('_')}`
}

/** Numbers, booleans and lists are written in the environment as in YAML; everything else is text. */
function plainValue(value: string): unknown {
  return /^(true|false|-?\d+(\.\d+)?|\[.*\])$/s.test(value) ? parseYaml(value) : value
}

function put(tree: Tree, path: string[], value: unknown): void {
  const [key, ...rest] = path
  if (key === undefined) return
  if (rest.length === 0) {
    tree[key] = value
    return
  }
  if (!isTree(tree[key])) tree[key] = {}
  put(tree[key] as Tree, rest, value)
}

interface JsonSchema {
  properties?: Record<string, JsonSchema>
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
}

/** Every setting that is a value or a list, as a path of keys. */
function leafPaths(schema: z.ZodType): string[][] {
  const paths = new Map<string, string[]>()
  const walk = (node: JsonSchema, path: string[]): void => {
    const below = [node, ...(node.anyOf ?? []), ...(node.oneOf ?? [])].filter((part) => part.properties)
    if (below.length === 0) paths.set(path.join('.'), path)
    for (const part of below) {
      for (const [key, child] of Object.entries(part.properties ?? {})) walk(child, [...path, key])
    }
  }
  walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, [])
  return [...paths.values()]
}

function describeIssue(issue: z.core.$ZodIssue): Fault {
  const place = issue.path.join('.') || 'kvitt.yaml'
  return `${place}: ${issue.message}`
}

/** What no single value can tell: settings that do not go together. */
function contradictions(config: Settings): Fault[] {
  const faults: Fault[] = []
  const { hostname, protocol } = new URL(config.service.baseUrl)
  const loopback = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
  if (protocol !== 'https:' && !loopback)
    faults.push('service.baseUrl: must be https, unless it is this machine')
  if (!config.providers[config.payments.provider]) {
    faults.push(`payments.provider: "${config.payments.provider}" has no settings under providers`)
  }
  if (Boolean(config.saml.privateKey) !== Boolean(config.saml.certificate)) {
    faults.push('saml: privateKey and certificate belong together; give both or neither')
  }
  if (Boolean(config.mail.user) !== Boolean(config.mail.password)) {
    faults.push('mail: user and password belong together; give both or neither')
  }
  return faults
}
