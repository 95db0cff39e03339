import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedServer, startEmbedded } from '../../../src/database/embedded/embedded.ts'
import { removeStaleLocks } from '../../../src/database/embedded/stale-locks.ts'
import { databaseProcesses, kill, untilGone } from '../../support/database-processes.ts'

/** Only Linux has the /proc that says who stands where; elsewhere nothing is removed. */
describe.runIf(existsSync('/proc/self/cwd'))('the lock of a server that died with its machine', () => {
  let place: string
  let data: string
  let server: EmbeddedServer
  let stranger: ChildProcess | undefined
  beforeEach(async () => {
    place = mkdtempSync(join(tmpdir(), 'kvitt-locks-'))
    data = join(place, 'data')
    server = await startEmbedded(place, { fsync: 'off' })
  })
  afterEach(async () => {
    stranger?.kill('SIGKILL')
    await server.stop()
    rmSync(place, { recursive: true, force: true })
  })

  it('does not keep the next from starting, though somebody else has its process id now', async () => {
    const all = databaseProcesses(data)
    kill(all)
    await untilGone(all)
    // Of the same user as the server: PostgreSQL itself sees through the others.
    const { uid, gid } = statSync(data)
    stranger = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' })
    for (const lock of [join(data, 'postmaster.pid'), join(place, '.s.PGSQL.5432.lock')]) {
      const [, ...rest] = readFileSync(lock, 'utf8').split('\n')
      writeFileSync(lock, [stranger.pid, ...rest].join('\n'))
    }
    server = await startEmbedded(place, { fsync: 'off' })
    expect(databaseProcesses(data)[0]).not.toBe(stranger.pid)
  })

  it('is left alone while one of its processes lives', () => {
    removeStaleLocks(place, data)
    expect(existsSync(join(data, 'postmaster.pid'))).toBe(true)
    expect(existsSync(join(place, '.s.PGSQL.5432.lock'))).toBe(true)
  })
})
