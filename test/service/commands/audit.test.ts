import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Neighbourhood, startNeighbourhood } from '../../../sandbox/neighbourhood.ts'
import { anchorAudit } from '../../../src/areas/audit/anchor-audit.ts'
import { recordAudit } from '../../../src/areas/audit/audit-store.ts'
import { writeAuditHead } from '../../../src/areas/audit/write-audit-head.ts'
import { createLog } from '../../../src/base/log.ts'
import { connect } from '../../../src/database/database.ts'
import { staffCalled } from '../../support/books.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let neighbourhood: Neighbourhood
let folder: string
let settings: string

beforeAll(async () => {
  database = await createTestDatabase()
  neighbourhood = await startNeighbourhood({ firstPort: 0, database: { url: database.url } })
  folder = mkdtempSync(join(tmpdir(), 'kvitt-audit-'))
  settings = neighbourhood.writeSettings(folder)
  for (const subject of ['batch 1', 'batch 2'])
    await database.db.transaction((tx) =>
      recordAudit(tx, new Date(), { actor: staffCalled('eva'), act: 'batch-made', subject }),
    )
})
afterAll(async () => {
  await neighbourhood?.stop()
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

function verify(...more: string[]) {
  const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url))
  const run = [main, '--config', settings, 'audit', 'verify', ...more]
  const { status, stdout, stderr } = spawnSync(process.execPath, run, { encoding: 'utf8' })
  return { status, words: `${stdout}${stderr}` }
}

describe('kvitt audit verify', () => {
  it('says that the trail is sound and what its newest hash is; and later, that the end is missing', {
    timeout: 60_000,
  }, async () => {
    const sound = verify()
    expect(sound).toMatchObject({ status: 0, words: expect.stringContaining('2 entries follow one another') })
    const head = /newest: (2:[0-9a-f]{64})/.exec(sound.words)?.[1] ?? ''
    expect(verify('--head', head).status).toBe(0)

    const owner = connect({ url: database.url, connections: 1, as: 'owner' })
    await owner.query('delete from audit where id = 2')
    await owner.close()
    expect(verify().status).toBe(0)
    expect(verify('--head', head)).toMatchObject({
      status: 1,
      words: expect.stringContaining('entry 2, known from before, is not there any more'),
    })
    expect(verify('--head', 'nonsense').status).toBe(2)
  })

  it('is held to all the heads of a log that was kept elsewhere (ASVS V16.4.2)', {
    timeout: 60_000,
  }, async () => {
    const log = createLog('error', { write: (line) => appendFileSync(join(folder, 'kvitt.log'), line) })
    const tell = (subject: string) =>
      database.db.transaction((tx) =>
        recordAudit(tx, new Date(), { actor: staffCalled('eva'), act: 'batch-made', subject }),
      )
    await anchorAudit({ db: database.db, log })
    await tell('batch 3')
    writeAuditHead(log, await tell('batch 4'))
    const kept = ['--log', join(folder, 'kvitt.log')]
    expect(verify(...kept)).toMatchObject({
      status: 0,
      words: expect.stringContaining('2 known from before'),
    })

    // Somebody with the database in hand takes the end away, and the service goes on.
    const owner = connect({ url: database.url, connections: 1, as: 'owner' })
    await owner.query('delete from audit where id >= 2')
    await owner.close()
    await tell('batch 5')
    await tell('batch 6')
    await tell('batch 7')
    expect(verify().status).toBe(0)
    expect(verify(...kept)).toMatchObject({
      status: 1,
      words: expect.stringContaining('known from before, is not there'),
    })
    expect(verify('--log', join(folder, 'coding.yaml')).status).toBe(2)
    expect(verify('--log', join(folder, 'nothing.log')).status).toBe(2)
  })
})
