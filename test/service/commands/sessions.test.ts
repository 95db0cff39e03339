import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Neighbourhood, startNeighbourhood } from '../../../sandbox/neighbourhood.ts'
import { auditAfter } from '../../../src/areas/audit/audit-store.ts'
import { countSessions } from '../../../src/areas/people/session-store.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let neighbourhood: Neighbourhood
let folder: string
let settings: string

beforeAll(async () => {
  database = await createTestDatabase()
  neighbourhood = await startNeighbourhood({ firstPort: 0, database: { url: database.url } })
  folder = mkdtempSync(join(tmpdir(), 'kvitt-sessions-'))
  settings = neighbourhood.writeSettings(folder)
  for (const id of ['elsa', 'elsa', 'bengt']) {
    const user = { identity: { id: `${id}@demo.kvitt.example` }, endsAt: '2099-01-01T00:00:00Z' }
    await database.db.query(
      `insert into session (sid, sess, expire) values (gen_random_uuid()::text, $1, now() + interval '1 hour')`,
      [JSON.stringify({ passport: { user } })],
    )
  }
})
afterAll(async () => {
  await neighbourhood?.stop()
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

function end(...more: string[]) {
  const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url))
  const run = [main, '--config', settings, 'sessions', 'end', ...more]
  const { status, stdout, stderr } = spawnSync(process.execPath, run, { encoding: 'utf8' })
  return { status, words: `${stdout}${stderr}` }
}

describe('kvitt sessions end', () => {
  it("ends one person's, then everybody's, and tells the trail why (ASVS V7.4.5)", async () => {
    expect(end('--reason', 'nobody is named').status).toBe(2)
    expect(end('--person', 'elsa@demo.kvitt.example', '--everybody', '--reason', 'both').status).toBe(2)
    expect(end('--person', 'elsa@demo.kvitt.example').status).toBe(1)
    const one = end('--person', 'elsa@demo.kvitt.example', '--reason', 'stolen telephone')
    expect(one).toMatchObject({ status: 0, words: expect.stringContaining('2 sessions ended') })
    expect(await countSessions(database.db)).toEqual({ people: 1, sessions: 1 })
    expect(end('--everybody', '--reason', 'secrets in a log').status).toBe(0)
    expect(await auditAfter(database.db, 0, 10)).toMatchObject([
      { who: 'command line', role: 'system', reason: 'stolen telephone', after: { sessions: 2 } },
      { subject: 'sessions of everybody', after: { sessions: 1 } },
    ])
  })
})
