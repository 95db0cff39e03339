import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Neighbourhood, startNeighbourhood } from '../../sandbox/neighbourhood.ts'
import { freePort } from '../../sandbox/ports.ts'
import { type EmbeddedServer, startEmbedded } from '../../src/database/embedded/embedded.ts'
import { databaseProcesses, signal } from '../support/database-processes.ts'
import { createInstance, type Instance, warmUp } from './instance.ts'
import { type RoundRobin, startRoundRobin } from './round-robin.ts'

export type Provider = 'nets-easy' | 'stripe'

/** The product as a university runs it: so many processes on one PostgreSQL, a spreader in front, the sandbox around. */
export interface City extends Neighbourhood {
  instances: Instance[]
  spreader: RoundRobin
  database: {
    /** Where the embedded PostgreSQL keeps its data. */
    folder: string
    stop(): Promise<void>
    start(): Promise<void>
    signal(name: NodeJS.Signals): void
  }
  /** Everybody's clock goes on at once: what would be waited for is due. Timers are not moved. */
  passTime(seconds: number): Promise<void>
  /** How far the clocks have been moved on, seconds. */
  passed(): number
  now(): Date
  /** New payments are made at this company from now on; the processes are started anew for it, if need be. */
  payAt(provider: Provider): Promise<void>
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
  const cache = join(folder, 'compiled')
  warmUp(cache)
  const tables = mkdtempSync(join(tmpdir(), 'kvitt-drill-tables-'))
  let server: EmbeddedServer = await startEmbedded(tables, { max_connections: '200' })
  let ahead = 0
  let current: Provider = 'nets-easy'
  const now = () => new Date(Date.now() + ahead)
  const database = { url: server.url }
  const neighbourhood = await startNeighbourhood({ firstPort: 0, now, signInNow: now, database })
  const ports = await Promise.all(Array.from({ length: instances }, () => freePort(0)))
  const spreader = await startRoundRobin(Number(new URL(neighbourhood.baseUrl).port), ports)
  const settingsOf = (port: number, provider: Provider) =>
    neighbourhood.writeSettings(join(folder, `${port}-${provider}`), (settings) => ({
      ...settings,
      service: { ...settings.service, port, logLevel: 'fatal', trustProxy: 1, requestsPerMinute: 10_000_000 },
      koha: { ...settings.koha, ...QUICK.koha },
      debts: { ...settings.debts, minimum: '1' },
      payments: { ...settings.payments, provider },
      providers: {
        'nets-easy': { ...settings.providers['nets-easy'], ...QUICK.provider },
        stripe: { ...settings.providers.stripe, ...QUICK.provider },
      },
    }))
  const pool = new pg.Pool({ connectionString: server.url, max: 2 })
  pool.on('error', () => {})
  await setDatabaseClock(pool, 0)
  const running = ports.map((port) => createInstance(settingsOf(port, 'nets-easy'), port, cache))
  // The first brings the tables up to date; the others wait for it under the lock.
  await Promise.all(running.map((instance) => instance.start()))

  return {
    ...neighbourhood,
    instances: running,
    spreader,
    database: {
      folder: join(tables, 'data'),
      stop: () => server.stop(),
      start: async () => {
        server = await startEmbedded(tables, { max_connections: '200' })
      },
      signal: (name) => {
        for (const id of databaseProcesses(join(tables, 'data'))) signal(id, name)
      },
    },
    passTime: async (seconds) => {
      ahead += seconds * 1000
      // The database last: a process that asks it in between is late for a moment, and never ahead of its time.
      await Promise.all(running.map((instance) => instance.setClock(ahead, seconds * 1000)))
      await setDatabaseClock(pool, ahead / 1000)
    },
    passed: () => ahead / 1000,
    now,
    payAt: async (provider) => {
      if (provider === current) return
      current = provider
      await Promise.all(
        running.map(async (instance) => {
          instance.signal('SIGTERM')
          await instance.ended()
          await instance.start(settingsOf(instance.port, provider))
        }),
      )
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

/**
 * Whoever asks this database for the time is told one so many seconds ahead: by a function of the same name that stands
 * before PostgreSQL's own in the search path.
 */
async function setDatabaseClock(pool: pg.Pool, ahead: number): Promise<void> {
  await pool.query(`
    create schema if not exists drill;
    grant usage on schema drill to public;
    create or replace function drill.clock_timestamp() returns timestamptz language sql
      as $$ select pg_catalog.clock_timestamp() + interval '${ahead} seconds' $$;
    alter database postgres set search_path = public, drill, pg_catalog`)
}
