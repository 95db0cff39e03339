import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Neighbourhood, startNeighbourhood } from '../../../sandbox/neighbourhood.ts'
import { kvitt } from './kvitt.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** A path that no socket can have: the embedded database starts there for nobody. */
describe('an embedded database that cannot run', () => {
  let base: string
  let deep: string
  let neighbours: Neighbourhood
  let file: string
  beforeAll(async () => {
    base = mkdtempSync('/tmp/kvitt-cannot-start-')
    deep = join(base, 'x'.repeat(100))
    mkdirSync(deep)
    for (const folder of [base, deep]) chmodSync(folder, 0o755)
    neighbours = await startNeighbourhood({ firstPort: 0, database: { folder: join(deep, 'tables') } })
    file = neighbours.writeSettings(base)
  })
  afterAll(async () => {
    await neighbours.stop()
    rmSync(base, { recursive: true, force: true })
  })

  it.each([['serve'], ['job', 'tell-of-leftovers']])('ends kvitt %s with words and 1', async (...command) => {
    const { code, stdout, stderr } = await kvitt(['--config', file, ...command])
    expect(stderr).toMatch(/^Kvitt cannot start its database[.]\n\n {2}database[.]folder: .*too long/)
    expect(stderr).not.toMatch(STACK)
    expect([stdout, code]).toEqual(['', 1])
  })

  const STACK = /^ +at |\{"|❯|node:internal/m
  it.each([
    ['the demo', 'sandbox/demo.ts', []],
    ['the tests', 'node_modules/vitest/vitest.mjs', ['run', '--config', 'test/vitest.config.ts', 'money']],
  ])('ends %s with words and 1', (_, program, parameters) => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, program), ...parameters], {
      cwd: root,
      env: { PATH: process.env.PATH, TMPDIR: deep },
      encoding: 'utf8',
    })
    expect(stderr).toMatch(/database[.]folder: the path is too long for a socket/)
    expect(stderr).not.toMatch(STACK)
    expect(status).toBe(1)
  })
})
