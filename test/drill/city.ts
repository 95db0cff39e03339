import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type EmbeddedServer, startEmbedded } from '../../src/database/embedded.ts'
import { type Neighbourhood, startNeighbourhood } from '../../src/sandbox/neighbourhood.ts'
import { freePort } from '../../src/sandbox/ports.ts'
import { productCommand } from '../../src/sandbox/product-command.ts'
import { type RoundRobin, startRoundRobin } from './round-robin.ts'

/** One process of the product. */
export interface Instance {
  start(): Promise<void>
  /** Sends a signal; SIGKILL ends it where it stands. */
  signal(name: NodeJS.Signals): void
  /** Resolves when it has ended. */
  ended(): Promise<void>
}

/** The product as a university runs it: so many processes on one PostgreSQL, a spreader in front, the sandbox around. */
export interface City extends Neighbourhood {
  instances: Instance[]
  spreader: RoundRobin
  database: { stop(): Promise<void>; start(): Promise<void>; signal(name: NodeJS.Signals): void }
  sql<Row>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** Faults are over in seconds here, so what takes minutes at a university takes seconds too. */
const QUICK = {
  koha: { readSeconds: 2, writeSeconds: 2, longestRequestSeconds: 3 },
  provider: { answerSeconds: 2 },
}

export async function startCity(instances: number): Promise<City> {
  const folder = mkdtempSync(join(tmpdir(), 'kvitt-drill-'))
  const tables = mkdtempSync(join(tmpdir(), 'kvitt-drill-tables-'))
  let server: EmbeddedServer = await startEmbedded(tables, { max_connections: '200' })
  const neighbourhood = await startNeighbourhood({ firstPort: 0, database: { url: server.url } })
  const ports = await Promise.all(Array.from({ length: instances }, () => freePort(0)))
  const spreader = await startRoundRobin(Number(new URL(neighbourhood.baseUrl).port), ports)
  const running = ports.map((port, number) => {
    const file = neighbourhood.writeSettings(join(folder, String(number)), (settings) => ({
      ...settings,
      service: { ...settings.service, port, logLevel: 'fatal', trustProxy: 1, requestsPerMinute: 10_000_000 },
      koha: { ...settings.koha, ...QUICK.koha },
      debts: { ...settings.debts, minimum: '1' },
      providers: {
        'nets-easy': { ...settings.providers['nets-easy'], ...QUICK.provider },
        stripe: { ...settings.providers.stripe, ...QUICK.provider },
      },
    }))
    return createInstance(file, port)
  })
  // The first brings the tables up to date; the others wait for it under the lock.
  await Promise.all(running.map((instance) => instance.start()))
  const pool = new pg.Pool({ connectionString: server.url, max: 2 })
  pool.on('error', () => {})

  return {
    ...neighbourhood,
    instances: running,
    spreader,
    database: {
      stop: () => server.stop(),
      start: async () => {
        server = await startEmbedded(tables, { max_connections: '200' })
      },
      signal: (name) => {
        const pid = Number(readFileSync(join(tables, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
        // The whole group: the postmaster and every session.
        process.kill(-pid, name)
      },
    },
    sql: async <Row>(text: string, values: unknown[] = []) => (await pool.query(text, values)).rows as Row[],
    close: async () => {
      for (const instance of running) instance.signal('SIGTERM')
      await Promise.all(running.map((instance) => instance.ended()))
      await spreader.stop()
      await neighbourhood.stop()
      await pool.end()
      await server.stop()
      for (const place of [folder, tables]) rmSync(place, { recursive: true, force: true })
    },
  }
}

function createInstance(file: string, port: number): Instance {
  const { program, parameters } = productCommand(file)
  let child: ChildProcess | undefined
  return {
    start: async () => {
      child = spawn(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'] })
      await untilReady(port, child)
    },
    signal: (name) => {
      child?.kill(name)
    },
    ended: async () => {
      const process = child
      if (!process || process.exitCode !== null || process.signalCode !== null) return
      await new Promise((done) => process.once('exit', done))
    },
  }
}

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error('Kvitt stopped before it was ready')
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error('Kvitt did not become ready')
}
