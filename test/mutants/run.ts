import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Mutant, mutants } from './mutants.ts'

/**
 * `npm run mutants`: puts each seeded bug into a copy of the sources and runs the tests that must notice it, so that a
 * suite which silently does nothing is noticed itself. `npm run mutants -- refund` takes only those whose names match.
 * Ends with 1 when a bug survives.
 */
const root = fileURLToPath(new URL('../../', import.meta.url))
const chosen = mutants.filter(({ name }) => new RegExp(process.argv[2] ?? '').test(name))
const copy = mkdtempSync(join(tmpdir(), 'kvitt-mutants-'))

function prepare(): void {
  for (const part of ['src', 'sandbox', 'test', 'docs', 'views', 'public', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, part), join(copy, part), {
      recursive: true,
      filter: (file) => !file.includes('node_modules'),
    })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
}

function isNoticed({ file, changes, tests }: Mutant): boolean {
  const path = join(copy, file)
  const source = readFileSync(path, 'utf8')
  writeFileSync(path, changes.reduce(change, source))
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const run = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', 'test/vitest.config.ts', '--bail', '1', ...tests],
    { cwd: copy, encoding: 'utf8' },
  )
  writeFileSync(path, source)
  const failed = /^\d+ passed, ([1-9]\d*) failed/m.test(run.stdout)
  return run.status !== 0 && failed
}

function change(source: string, [right, wrong]: [string, string]): string {
  if (source.split(right).length !== 2) throw new Error(`This does not stand there once: ${right}`)
  return source.replace(right, () => wrong)
}

prepare()
let survived = 0
try {
  for (const mutant of chosen) {
    const noticed = isNoticed(mutant)
    if (!noticed) survived += 1
    console.log(`${noticed ? '✓ noticed ' : '✗ SURVIVED'}  ${mutant.name}`)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(`\n${chosen.length} seeded bugs, ${chosen.length - survived} noticed`)
process.exitCode = survived === 0 && chosen.length > 0 ? 0 : 1
