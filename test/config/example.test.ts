import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, parseDocument, stringify } from 'yaml'
import { z } from 'zod'
import { makeKeyAndCertificate } from '../../sandbox/idp/self-signed.ts'
import { exampleText } from '../../src/config/example.ts'
import { loadConfig, settingsSchemaWith } from '../../src/config/load.ts'
import { settingPlaces } from '../../src/config/places.ts'
import { knownProviders } from '../../src/outside/providers/list.ts'
import { themeFaults } from '../../src/web/theme.ts'

const file = new URL('../../kvitt.example.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')
const schema = settingsSchemaWith(knownProviders)

describe('kvitt.example.yaml', () => {
  it('is what the schema says: otherwise run `npm run example`', () => {
    expect(text).toBe(exampleText(schema))
  })

  it('has every setting', () => {
    const lines = text.split('\n').map((line) => line.replace(/^[ #-]+/, ''))
    const missing = settingPlaces(schema)
      .map(({ path }) => path.at(-1) ?? '')
      .filter((key) => !lines.some((line) => line.startsWith(`${key}:`) || line.startsWith(`${key}File:`)))
    expect(missing).toEqual([])
  })

  it('holds no secret: each is named as a file', () => {
    const example = parseDocument(text)
    const secrets = settingPlaces(schema).filter(({ secret }) => secret)
    const open = secrets.filter(
      ({ path }) => example.hasIn(path) || !new RegExp(`^[ #]*${path.at(-1)}File: secrets/`, 'm').test(text),
    )
    expect(secrets.length).toBeGreaterThan(10)
    expect(open.map(({ path }) => path.join('.'))).toEqual([])
  })

  it('is no wider than a page', () => {
    expect(text.split('\n').filter((line) => line.length > 120)).toEqual([])
  })
})

describe('a setting', () => {
  const port = z.int().default(25).describe('The port.')
  const written = (settings: z.ZodRawShape) => exampleText(z.strictObject(settings)).split('-\n')[1]

  it('says what holds without it, and its own value', () => {
    expect(written({ port: port.meta({ example: 587 }) })).toBe('# The port. Left out: 25.\nport: 587\n')
  })

  it('has the unit that its name ends with', () => {
    expect(written({ waitSeconds: port })).toBe('# The port. Left out: 25 seconds.\nwaitSeconds: 25\n')
  })

  it('is explained once', () => {
    const server = z.strictObject({ port }).describe('A server.')
    expect(
      written({
        both: z.strictObject({ one: server, other: server.describe('Another.') }).describe('Both.'),
      }),
    ).toBe(
      [
        '# Both.',
        'both:',
        '  # A server.',
        '  one:',
        '    # The port. Left out: 25.',
        '    port: 25',
        '',
        '  # Another.',
        '  other:',
        '    port: 25',
        '',
      ].join('\n'),
    )
  })

  it.each([
    ['what it is for', z.int().default(25), 'port: say what it is for'],
    ['a value', z.int().describe('The port.'), 'port: give it a value'],
    [
      'what holds without it',
      z.int().optional().describe('The port.').meta({ example: 25 }),
      'port: say what holds when it is left out',
    ],
  ])('cannot be written without %s', (_what, setting, fault) => {
    expect(() => written({ port: setting })).toThrow(fault)
  })
})

describe('a copy of the example', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kvitt-example-'))
    copyFileSync(new URL('../../coding.example.yaml', import.meta.url), join(folder, 'coding.yaml'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const faultsOf = (yaml: string) => {
    writeFileSync(join(folder, 'kvitt.yaml'), yaml)
    const outcome = loadConfig({
      file: join(folder, 'kvitt.yaml'),
      environment: {},
      providers: knownProviders,
      lookFaults: themeFaults,
    })
    return outcome.ok ? [] : outcome.faults
  }

  it('does not load before its secrets are there, and names each', () => {
    const faults = faultsOf(text).join('\n')
    const files = [...text.matchAll(/^ *\w+File: (secrets\/\S+)$/gm)].map(([, name]) => name ?? '')
    expect(files.length).toBeGreaterThan(10)
    for (const name of files) expect(faults).toContain(`the file ${name} cannot be read`)
  })

  it('loads with them', () => {
    writeSecrets(folder)
    expect(faultsOf(text)).toEqual([])
  })

  it('loads with what stands there as comments, in the place of the rest', () => {
    writeSecrets(folder)
    const settings = parse(text)
    settings.koha.auth = parse(uncommented(/ {4}# Or, in place of these:\n((?: {4}# .*\n)+)/))
    settings.saml.federation = parse(uncommented(/( {2}# federation:\n(?: {2}# .*\n)+)/)).federation
    delete settings.saml.idp
    delete settings.saml.scopes
    settings.people.rolesFrom.shift()
    expect(settings.koha.auth.kind).toBe('basic')
    expect(faultsOf(stringify(settings))).toEqual([])
  })
})

/** What a pattern finds in the example, as if an operator had taken its signs of comment away. */
function uncommented(pattern: RegExp): string {
  const [, found = ''] = text.match(pattern) ?? []
  return found.replace(/^ *# ?/gm, '')
}

/** Something in each file that the example names, of the form that is wanted there. */
function writeSecrets(folder: string): void {
  const { certificate, privateKey } = makeKeyAndCertificate('Example')
  const contents: [RegExp, string][] = [
    [/private-keys[.]pem$/, privateKey],
    [/[.]pem$/, certificate],
    [/^database-/, 'postgres://kvitt:secret@db/kvitt'],
    [/nets-easy-secret-key$/, 'test-secret-key-1234567890'],
    [/session-secrets$/, `${'a'.repeat(40)}\n${'b'.repeat(40)}`],
    [/./, 'c'.repeat(32)],
  ]
  mkdirSync(join(folder, 'secrets'), { recursive: true })
  for (const [, name = ''] of text.matchAll(/File: secrets\/(\S+)$/gm)) {
    const [, content = ''] = contents.find(([pattern]) => pattern.test(name)) ?? []
    writeFileSync(join(folder, 'secrets', name), content)
  }
}
