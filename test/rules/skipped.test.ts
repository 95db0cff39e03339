import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesIn, linesWith, root, type SourceFile } from './source.ts'

const tests = filesIn(['test'], ['.ts']).filter(({ path }) => path !== 'test/rules/skipped.test.ts')

/** What a machine may lack: a browser, pdftotext, xmllint and its schemas, SimpleSAMLphp, Linux. Nothing of ours. */
const machineTools = [
  'browserPath === undefined',
  '!poppler',
  '!canValidate',
  '!hasSimpleSamlPhp',
  "existsSync('/proc/self/cwd')",
  "process.platform === 'linux'",
]

/** Each condition by which tests are skipped, as `path: condition`. */
function conditionsIn({ path, text }: SourceFile): string[] {
  return [...text.matchAll(/[.](?:skipIf|runIf)\b(?:\((.*?)\)\()?/gs)].map(
    ([, condition]) => `${path}: ${condition}`,
  )
}

/** Paths of a file that lead out of the checkout. */
function waysOut({ path, text }: SourceFile): string[] {
  return [...text.matchAll(/['"`]((?:[.][.]\/)+[^'"`]*)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !resolve(root, dirname(path), target).startsWith(resolve(root)))
    .map((target) => `${path}: ${target}`)
}

describe('what is skipped', () => {
  it('is never skipped in silence', () => {
    const quiet = /\b(?:it|describe|test)\b[\w.]*[.](?:skip|only|todo|fails)\b|[.]skip\(|\bskip: |[{,] skip\b/
    expect(tests.flatMap((file) => linesWith(file, quiet))).toEqual([])
  })

  it('is skipped for a missing tool of the machine only', () => {
    const conditions = tests.flatMap(conditionsIn)
    expect(conditions.length).toBeGreaterThan(5)
    expect(conditions.filter((one) => !machineTools.some((tool) => one.endsWith(`: ${tool}`)))).toEqual([])
  })

  it('is never what lies beside the checkout: tests read nothing there', () => {
    const contracts = 'test/contracts/outside-files.ts'
    expect(tests.flatMap(waysOut).filter((way) => !way.startsWith(`${contracts}: `))).toEqual([])
    expect(tests.filter(({ path }) => path === contracts).flatMap(waysOut)).toHaveLength(1)
  })
})

describe('a run that skips', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kvitt-skips-'))
    const vitest = JSON.stringify(join(root, 'node_modules/vitest/dist/index.js'))
    const imported = `import { it } from ${vitest}\n`
    writeFileSync(join(folder, 'whole.test.ts'), `${imported}it('runs', () => {})\n`)
    writeFileSync(
      join(folder, 'holed.test.ts'),
      `${imported}it('runs', () => {})\nit.skipIf(true)('does not', () => {})\n`,
    )
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function run(CI: string, ...more: string[]) {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const reporter = join(root, 'test/support/closing-line.ts')
    const { status, stdout } = spawnSync(
      process.execPath,
      [vitest, 'run', '--root', folder, '--reporter', reporter, ...more],
      { encoding: 'utf8', env: { ...process.env, CI } },
    )
    return { status, stdout: stdout.trim() }
  }

  it('fails in CI, and names what was skipped', () => {
    const { status, stdout } = run('true')
    expect(stdout).toContain('SKIPPED holed.test.ts: does not')
    expect(stdout).toMatch(/2 passed, 0 failed, 1 skipped$/)
    expect(status).toBe(1)
  })

  it.each([
    ['on a machine of somebody, who reads what was', '', []],
    ['in CI when nothing is skipped', 'true', ['whole']],
    ['in CI when names are chosen', 'true', ['-t', 'runs']],
  ])('passes %s', (_when, CI, more) => {
    expect(run(CI, ...more).status).toBe(0)
  })
})
