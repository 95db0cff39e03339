import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../../../src/database/database.ts'
import { startEmbedded } from '../../../src/database/embedded/embedded.ts'
import { EmbeddedServerError } from '../../../src/database/embedded/embedded-error.ts'

const weAreRoot = process.getuid?.() === 0

/** Starts it, asks it something, stops it. */
async function startAndStop(folder: string): Promise<void> {
  const server = await startEmbedded(folder, { fsync: 'off' })
  try {
    const db = connect({ url: server.url, connections: 1, as: 'owner' })
    expect(await db.query('select 1 as one')).toEqual([{ one: 1 }])
    await db.close()
  } finally {
    await server.stop()
  }
}

/** Everything here runs as root, whose PostgreSQL is another user, and as an ordinary user. */
describe('the folder of the embedded server', () => {
  let base: string
  let closed: string
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'kvitt-embedded-'))
    closed = join(base, 'closed')
    chmodSync(base, 0o755)
  })
  afterEach(() => {
    chmodSync(base, 0o755)
    if (existsSync(closed)) chmodSync(closed, 0o755)
    rmSync(base, { recursive: true, force: true })
  })

  it('is made with the folders on the way to it', () => startAndStop(join(base, 'data', 'postgres')))

  it('may have blanks, commas, quotes and letters of any language in its name', () =>
    startAndStop(join(base, ' Åsas "data", 100 %')))

  it('is reached whatever the environment says of other servers', async () => {
    const before = { ...process.env }
    try {
      Object.assign(process.env, { PGPORT: '6543', PGSSLMODE: 'require' })
      await startAndStop(join(base, 'tables'))
    } finally {
      for (const name of ['PGPORT', 'PGSSLMODE']) delete process.env[name]
      Object.assign(process.env, before)
    }
  })

  it('keeps its owner, whoever starts the server', async () => {
    const folder = join(base, 'tables')
    await startAndStop(folder)
    // Root's PostgreSQL is first postgres or nobody; the service itself may be a third.
    const { uid, gid } = weAreRoot ? { uid: 1, gid: 1 } : statSync(folder)
    expect(spawnSync('chown', ['-R', `${uid}:${gid}`, folder]).status).toBe(0)
    await startAndStop(folder)
    expect([statSync(folder).uid, statSync(join(folder, 'data', 'PG_VERSION')).uid]).toEqual([uid, uid])
  })

  it('that cannot be reached is told of by the folder that is closed, and what to do', async () => {
    mkdirSync(closed)
    chmodSync(closed, 0)
    const failure = await startEmbedded(join(closed, 'tables')).catch((error: Error) => error)
    expect(failure).toBeInstanceOf(EmbeddedServerError)
    expect((failure as Error).message).toContain(`may not enter ${closed} (mode 0)`)
    expect((failure as Error).message).toContain('Choose a database.folder')
  })

  it('that was closed after its data were made is told of in the same way', async () => {
    await startAndStop(join(base, 'tables'))
    chmodSync(base, 0)
    const failure = await startEmbedded(join(base, 'tables')).catch((error: Error) => error)
    expect((failure as Error).message).toContain(`may not enter ${base} (mode 0)`)
  })
})
