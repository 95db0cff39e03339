import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('../../.ci/release', import.meta.url))
let folder: string

const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.se', ...words], {
    cwd: folder,
    encoding: 'utf8',
  })
const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
const commit = () => {
  git('add', '-A')
  git('commit', '-qm', 'A state')
}
const release = () =>
  spawnSync('bash', [script], {
    encoding: 'utf8',
    env: {
      ...process.env,
      KVITT_RELEASE_FOLDER: folder,
      GIT_COMMITTER_NAME: 'Test',
      GIT_COMMITTER_EMAIL: 'test@example.se',
    },
  })

describe('a release', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kvitt-release-'))
    git('init', '-q', '-b', 'main')
    write('package.json', '{\n  "name": "kvitt",\n  "version": "0.2.0",\n  "private": true\n}\n')
    write('package-lock.json', '{\n  "name": "kvitt",\n  "version": "0.2.0",\n  "lockfileVersion": 3\n}\n')
    write('CHANGELOG.md', '# Changes\n\n## 0.2.0 – 2026-11-28\n')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is a tag of the version, once', () => {
    commit()
    expect(release().stdout).toContain('Tagged v0.2.0')
    expect(git('tag')).toBe('v0.2.0\n')
    const again = release()
    expect([again.status, again.stderr]).toEqual([1, 'Not released: v0.2.0 is tagged already\n'])
  })

  it.each([
    ['an undated CHANGELOG', '## 0.2.0 – not released yet', 'needs a version and a date'],
    ['a CHANGELOG of another version', '## 0.1.0 – 2026-11-01', 'begins with 0.1.0'],
    ['a date to come', '## 0.2.0 – 2999-01-01', 'is to come'],
  ])('is refused with %s', (_what, heading, why) => {
    write('CHANGELOG.md', `# Changes\n\n${heading}\n`)
    commit()
    const { status, stderr } = release()
    expect([status, stderr.includes(why)]).toEqual([1, true])
    expect(git('tag')).toBe('')
  })

  it('is refused with changes that nobody committed, and with two versions', () => {
    commit()
    write('new.txt', 'new')
    expect(release().stderr).toContain('not committed')
    write('package.json', '{\n  "name": "kvitt",\n  "version": "0.3.0",\n  "private": true\n}\n')
    expect(release().stderr).toContain('package-lock.json says 0.2.0')
    expect(git('tag')).toBe('')
  })
})
