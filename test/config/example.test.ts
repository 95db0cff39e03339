import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isMap, isScalar, isSeq, type Pair, parseDocument } from 'yaml'
import { z } from 'zod'
import { makeKeyAndCertificate } from '../../sandbox/idp/self-signed.ts'
import { loadConfig, settingsSchemaWith } from '../../src/config/load.ts'
import { settingPlaces } from '../../src/config/places.ts'
import { knownProviders } from '../../src/outside/providers/list.ts'
import { themeFaults } from '../../src/web/theme.ts'

const file = new URL('../../kvitt.example.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')
const lines = text.split('\n')
const example = parseDocument(text)
const places = settingPlaces(settingsSchemaWith(knownProviders))

interface JsonSchema {
  description?: string
  default?: unknown
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
}

describe('kvitt.example.yaml', () => {
  const schema = z.toJSONSchema(settingsSchemaWith(knownProviders), { io: 'input', unrepresentable: 'any' })
  const missing: string[] = []
  const differing: string[] = []
  compare(schema as JsonSchema, pairsOf(example.contents), [], { missing, differing, explained: new Set() })

  it('has every setting', () => {
    expect(missing).toEqual([])
  })

  it('says of each what the schema says', () => {
    expect(differing).toEqual([])
  })

  it('has something to say of each', () => {
    const silent = places.filter(({ description }) => !description)
    expect(silent.map(({ path }) => path.join('.'))).toEqual([])
  })

  it('holds no secret: each is named as a file', () => {
    const open = places
      .filter(({ secret }) => secret)
      .filter(
        ({ path }) =>
          example.hasIn(path) || !new RegExp(`^[ #]*${path.at(-1)}File: secrets/`, 'm').test(text),
      )
    expect(open.map(({ path }) => path.join('.'))).toEqual([])
  })
})

describe('a copy of the example', () => {
  let folder: string
  const load = () =>
    loadConfig({
      file: join(folder, 'kvitt.yaml'),
      environment: {},
      providers: knownProviders,
      lookFaults: themeFaults,
    })
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kvitt-example-'))
    copyFileSync(file, join(folder, 'kvitt.yaml'))
    copyFileSync(new URL('../../coding.example.yaml', import.meta.url), join(folder, 'coding.yaml'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('does not load before its secrets are there, and names each', () => {
    const outcome = load()
    const faults = outcome.ok ? [] : outcome.faults
    const files = [...text.matchAll(/^ *\w+File: (secrets\/\S+)$/gm)].map(([, name]) => name ?? '')
    for (const name of files) expect(faults.join('\n')).toContain(`the file ${name} cannot be read`)
  })

  it('loads with them', () => {
    const { certificate, privateKey } = makeKeyAndCertificate('Example')
    const secrets: Record<string, string> = {
      'session-secrets': `${'a'.repeat(40)}\n${'b'.repeat(40)}`,
      'metrics-token': 'c'.repeat(20),
      'database-url': 'postgres://kvitt:secret@db/kvitt',
      'database-owner-url': 'postgres://kvitt_owner:secret@db/kvitt',
      'koha-client-secret': 'secret',
      'idp-certificates.pem': certificate,
      'saml-keys.pem': privateKey,
      'saml-certificates.pem': certificate,
      'nets-secret-key': 'test-secret-key-1234567890',
      'nets-webhook-secret': 'd'.repeat(32),
      'nets-old-webhook-secrets': 'e'.repeat(32),
      'stripe-secret-key': 'sk_test_1234567890',
      'stripe-webhook-secrets': 'whsec_1234567890',
      'mail-password': 'secret',
    }
    mkdirSync(join(folder, 'secrets'))
    for (const [name, content] of Object.entries(secrets))
      writeFileSync(join(folder, 'secrets', name), content)
    const outcome = load()
    expect(outcome.ok ? [] : outcome.faults).toEqual([])
  })
})

interface Notes {
  missing: string[]
  differing: string[]
  /** A text that stands in several places is explained where it stands first. */
  explained: Set<string>
}

/** Walks schema and example side by side. What the example has only in a comment counts as there. */
function compare(schema: JsonSchema, pairs: Pair[], path: string[], notes: Notes): void {
  for (const shape of [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    for (const [key, child] of Object.entries(shape.properties ?? {})) {
      const here = [...path, key]
      const pair = pairs.find((one) => nameOf(one) === key || nameOf(one) === `${key}File`)
      if (!pair) {
        if (!new RegExp(`# ${key}(?:File)?:`).test(text)) notes.missing.push(here.join('.'))
        continue
      }
      explain(pair, key, child.description, here, notes)
      tellDefault(pair, child.default, here, notes)
      compare(child.items ?? child, pairsOf(pair.value), here, notes)
    }
  }
}

function explain(
  pair: Pair,
  key: string,
  description: string | undefined,
  path: string[],
  notes: Notes,
): void {
  const label = `${key}: ${description}`
  if (!description || notes.explained.has(label)) return
  notes.explained.add(label)
  if (!commentAbove(pair).includes(description)) notes.differing.push(`${path.join('.')}: ${description}`)
}

/** What holds when a setting is left out stands in its comment, unless it is the very value shown. */
function tellDefault(pair: Pair, usual: unknown, path: string[], notes: Notes): void {
  if (!['string', 'number', 'boolean'].includes(typeof usual) || path.join('.') === 'debts.minimum') return
  const shown = isScalar(pair.value) ? pair.value.value : undefined
  const label = `${path.at(-1)}: left out ${usual}`
  const told = commentAbove(pair).split('Left out: ')[1]
  if (told === undefined ? shown !== usual && !notes.explained.has(label) : !told.startsWith(String(usual)))
    notes.differing.push(`${path.join('.')}: left out it is ${usual}`)
  notes.explained.add(label)
}

/** The settings of a section, or of all entries of a list together. */
function pairsOf(node: unknown): Pair[] {
  if (isMap(node)) return node.items
  return isSeq(node) ? node.items.flatMap(pairsOf) : []
}

function nameOf({ key }: Pair): unknown {
  return isScalar(key) ? key.value : undefined
}

/** The comment right above a setting, as one line. */
function commentAbove({ key }: Pair): string {
  const at = isScalar(key) ? (key.range?.[0] ?? 0) : 0
  const above: string[] = []
  for (let line = text.slice(0, at).split('\n').length - 2; /^ *#/.test(lines[line] ?? ''); line -= 1)
    above.unshift((lines[line] ?? '').replace(/^ *# ?/, ''))
  return above.join(' ').replace(/\s+/g, ' ')
}
