import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it('kvitt example prints the example, without a configuration to start from', () => {
  const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, [main, 'example'], {
    cwd: tmpdir(),
    encoding: 'utf8',
  })
  expect(status).toBe(0)
  expect(stdout).toBe(readFileSync(new URL('../../../kvitt.example.yaml', import.meta.url), 'utf8'))
})
