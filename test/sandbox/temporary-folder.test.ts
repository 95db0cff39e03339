import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sharedTemporaryFolder } from '../../sandbox/temporary-folder.ts'

/** Root's PostgreSQL is another user; everybody else's is they themselves. */
const weAreRoot = process.getuid?.() === 0

describe('the folder for temporary tables', () => {
  let base: string
  beforeEach(() => {
    base = mkdtempSync('/tmp/kvitt-temporary-')
    mkdirSync(join(base, 'inner'))
  })
  afterEach(() => rmSync(base, { recursive: true, force: true }))

  it('is the one of the environment when everybody may enter it', () => {
    chmodSync(base, 0o755)
    chmodSync(join(base, 'inner'), 0o755)
    expect(sharedTemporaryFolder(join(base, 'inner'))).toBe(join(base, 'inner'))
  })

  it('is another when only root may enter the one of the environment', () => {
    chmodSync(base, 0o700)
    chmodSync(join(base, 'inner'), 0o755)
    expect(sharedTemporaryFolder(join(base, 'inner'))).toBe(weAreRoot ? '/tmp' : join(base, 'inner'))
  })
})
