import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Neighbourhood, startNeighbourhood } from '../../../sandbox/neighbourhood.ts'
import { type Kvitt, kvitt, startKvitt } from './kvitt.ts'

describe('kvitt serve, on its own database', () => {
  let folder: string
  let tables: string
  let neighbours: Neighbourhood
  let file: string
  let service: Kvitt
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kvitt-serve-'))
    tables = mkdtempSync(join(tmpdir(), 'kvitt-tables-'))
    neighbours = await startNeighbourhood({ firstPort: 0, database: { folder: tables } })
    file = neighbours.writeSettings(folder)
  })
  afterAll(async () => {
    service?.process.kill('SIGKILL')
    await neighbours.stop()
    for (const place of [folder, tables]) rmSync(place, { recursive: true, force: true })
  })

  const answer = (path: string) => fetch(`${neighbours.baseUrl}${path}`)

  it('is not there before it is started, and check leaves nothing behind', async () => {
    const { code, stdout } = await kvitt(['--config', file, 'check'])
    expect(stdout).toMatch(/✓ database +embedded; the first start makes it/)
    expect(code).toBe(0)
    expect(readdirSync(tables)).toEqual([])
  })

  it('opens, and logs JSON', async () => {
    service = startKvitt(['--config', file])
    await new Promise<void>((open, broken) => {
      let log = ''
      service.process.stdout?.on('data', (text: string) => {
        log += text
        if (log.includes('process.started')) open()
      })
      void service.ended.then(({ stderr }) => broken(new Error(`${log}\n${stderr}`)))
    })
    expect((await answer('/readyz')).status).toBe(200)
  })

  it('is not disturbed by a check or a job beside it', async () => {
    const check = await kvitt(['--config', file, 'check'])
    expect(check.stdout).toMatch(/✓ database +embedded; PostgreSQL .*tables up to date/)
    expect(check.code).toBe(0)
    const job = await kvitt(['--config', file, 'job', 'alert-backlog'])
    expect(job.stderr).toBe('')
    expect(job.code).toBe(0)
    expect((await answer('/readyz')).status).toBe(200)
  })

  it('says which tasks there are when a job has another name', async () => {
    const job = await kvitt(['--config', file, 'job', 'tidy-up'])
    expect(job.stderr).toMatch(/There is no task "tidy-up"[.] There are: .*alert-backlog/)
    expect(job.code).toBe(1)
  })

  it('closes at SIGTERM, and takes its database with it', async () => {
    service.process.kill('SIGTERM')
    const { code, stdout } = await service.ended
    expect(code).toBe(0)
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.at(-1)).toMatchObject({ level: 'info', event: 'process.stopped' })
    expect(readdirSync(join(tables, 'data'))).not.toContain('postmaster.pid')
  })
})
