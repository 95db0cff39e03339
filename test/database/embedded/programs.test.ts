import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copyPrograms } from '../../../src/database/embedded/program-copy.ts'
import { runnablePrograms, shippedPrograms } from '../../../src/database/embedded/programs.ts'
import { serverUser } from '../../../src/database/embedded/server-user.ts'
import { removeUnusedCopies, runningPrograms } from '../../../src/database/embedded/unused-copies.ts'

const shipped = shippedPrograms()
const weAreRoot = process.getuid?.() === 0

/** Names and sizes of all that is below a folder. */
const contents = (folder: string) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path.slice(folder.length)} ${statSync(path).isFile() ? statSync(path).size : ''}`)
    .sort()

describe("PostgreSQL's programs", () => {
  let folder: string
  let cache: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kvitt-programs-'))
    // Root's copies stand where programs may be run; a temporary folder may be mounted noexec.
    cache = mkdtempSync(join(weAreRoot ? '/var/cache' : tmpdir(), 'kvitt-test-copies-'))
  })
  afterEach(() => {
    for (const place of [folder, cache]) rmSync(place, { recursive: true, force: true })
  })

  it('run as the user of the server, though npm unpacked them where nobody else may go', () => {
    const user = serverUser(join(folder, 'data'))
    const closed = join(folder, 'native')
    cpSync(shipped.folder, closed, { recursive: true, verbatimSymlinks: true })
    // As after npm ci with umask 077.
    expect(spawnSync('chmod', ['-R', 'go=', closed]).status).toBe(0)
    const programs = runnablePrograms(user, weAreRoot ? { ...shipped, folder: closed } : shipped, cache)
    expect(programs.startsWith(weAreRoot ? cache : shipped.folder)).toBe(true)
    const { stdout } = spawnSync(join(programs, 'initdb'), ['--version'], { ...user, encoding: 'utf8' })
    expect(stdout).toMatch(/^initdb \(PostgreSQL\) \d+/)
  })

  it.each([
    ['are missing', () => {}, /is missing: run npm ci again/],
    ['may not be run', (file: string) => writeFileSync(file, ''), /may not run .*mounted noexec/],
    [
      'are for another kind of Linux',
      (file: string) => writeFileSync(file, '#!/no/such/loader\n', { mode: 0o755 }),
      /made for Linux with glibc/,
    ],
    [
      'lack their libraries',
      (file: string) => writeFileSync(file, '#!/bin/sh\necho no libicuuc >&2; exit 127\n', { mode: 0o755 }),
      /does not run: no libicuuc[.].*npm rebuild/,
    ],
  ])('that %s are told of in words that say what to do', (_, make, words) => {
    mkdirSync(join(folder, 'bin'))
    make(join(folder, 'bin', 'postgres'))
    expect(() => runnablePrograms(undefined, { folder, name: 'broken' }, cache)).toThrow(words)
  })

  describe('copied', () => {
    const copying = () =>
      spawn(process.execPath, [
        '--input-type=module',
        '--eval',
        `import { copyPrograms } from ${JSON.stringify(new URL('../../../src/database/embedded/program-copy.ts', import.meta.url))}
         process.stdout.write(copyPrograms(...${JSON.stringify([shipped.folder, cache, shipped.name])}))`,
      ])
    const ended = (child: ChildProcess) => new Promise((done) => child.once('close', done))

    it('by four starts at once become one whole copy', async () => {
      expect(await Promise.all([copying(), copying(), copying(), copying()].map(ended))).toEqual([0, 0, 0, 0])
      expect(readdirSync(cache)).toEqual([shipped.name])
      expect(contents(join(cache, shipped.name))).toEqual(contents(shipped.folder))
    })

    it('by a start that dies in the middle are copied anew', async () => {
      const start = copying()
      const end = ended(start)
      while (readdirSync(cache).length === 0) await new Promise((later) => setTimeout(later, 1))
      start.kill('SIGKILL')
      await end
      const copy = copyPrograms(shipped.folder, cache, shipped.name)
      expect(contents(copy)).toEqual(contents(shipped.folder))
    })

    it('belong to us, and nobody else may write in them', () => {
      const copy = copyPrograms(shipped.folder, cache, shipped.name)
      for (const entry of readdirSync(copy, { withFileTypes: true, recursive: true })) {
        const { uid, mode } = statSync(join(entry.parentPath, entry.name))
        expect([entry.name, uid, mode & 0o022, mode & 0o044]).toEqual([
          entry.name,
          process.getuid?.(),
          0,
          0o044,
        ])
      }
    })

    it('are not used when somebody else may have written in them', () => {
      const copy = copyPrograms(shipped.folder, cache, shipped.name)
      chmodSync(copy, 0o777)
      expect(() => copyPrograms(shipped.folder, cache, shipped.name)).toThrow(
        /others may write in it: remove it/,
      )
      rmSync(copy, { recursive: true })
      symlinkSync(shipped.folder, copy)
      expect(() => copyPrograms(shipped.folder, cache, shipped.name)).toThrow(/was not made by Kvitt/)
    })

    it('go when nobody has used them for a day and nothing runs from them', () => {
      const made = ['today', 'unused', 'running', 'this'].map((name) => join(cache, name))
      for (const copy of made) mkdirSync(copy)
      const long = new Date(Date.now() - 25 * 60 * 60 * 1000)
      for (const copy of made.slice(1)) utimesSync(copy, long, long)
      removeUnusedCopies(cache, 'this', [join(cache, 'running', 'bin', 'postgres')])
      expect(readdirSync(cache).sort()).toEqual(['running', 'this', 'today'])
    })

    it('stay where it is not known what runs', () => {
      mkdirSync(join(cache, 'old'))
      utimesSync(join(cache, 'old'), 0, 0)
      removeUnusedCopies(cache, 'this', [])
      expect(readdirSync(cache)).toEqual(['old'])
    })
  })

  it.runIf(process.platform === 'linux')('that run are found', () => {
    expect(runningPrograms()).toContain(process.execPath)
  })
})
