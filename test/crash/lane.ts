import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, loadConfig } from '../../src/config.ts'
import { connect, type Database } from '../../src/database/database.ts'
import { providerSchemas } from '../../src/masked-settings.ts'
import type { demoSettings } from '../../src/sandbox/demo-settings.ts'
import { type Neighbourhood, startNeighbourhood } from '../../src/sandbox/neighbourhood.ts'
import { productCommand } from '../../src/sandbox/product-command.ts'
import type { Order } from './mortal-process.ts'
import type { Point } from './where.ts'

/** One process of the product that can be told where to die, a database of its own and the sandbox around it. */
export interface Lane extends Neighbourhood {
  db: Database
  config: Config
  /** Starts the process, and resolves when it is ready. */
  start(): Promise<void>
  /** Says what it is to do at its points, and resolves when it has heard. */
  order(order: Order): Promise<void>
  /** The points passed since it was told to tell. */
  told: Map<string, Point>
  /** Whether it has been killed since it was started. */
  isDead(): boolean
  /** Ends it in the ordinary way and starts it anew. */
  restart(): Promise<void>
  /** As if so much time had gone by: everything that is written in the tables lies so much further back. */
  passTime(seconds: number): Promise<void>
  close(): Promise<void>
}

const preload = new URL('./mortal-process.ts', import.meta.url).pathname

/** `cache` is a folder for compiled sources: the process is started often. */
export async function openLane(databaseUrl: string, cache: string): Promise<Lane> {
  const folder = mkdtempSync(join(tmpdir(), 'kvitt-crash-'))
  const neighbourhood = await startNeighbourhood({ firstPort: 0, database: { url: databaseUrl } })
  const file = neighbourhood.writeSettings(folder, settingsOf)
  const config = read(file)
  const db = connect({ url: databaseUrl, connections: 2, as: 'owner', onIdleError: () => {} })
  const told = new Map<string, Point>()
  let child: ChildProcess | undefined

  const start = async () => {
    const { program, parameters } = productCommand(file)
    const born = spawn(program, ['--import', preload, ...parameters], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    })
    born.on('message', (message: Point | 'heard') => {
      if (message !== 'heard') told.set(message.key, message)
    })
    child = born
    await untilReady(neighbourhood.baseUrl, born)
  }
  const stop = async () => {
    const gone = child && isRunning(child) && new Promise((done) => child?.once('exit', done))
    child?.kill('SIGTERM')
    await gone
  }
  return {
    ...neighbourhood,
    db,
    config,
    told,
    start,
    isDead: () => child?.signalCode === 'SIGKILL',
    order: (order) =>
      new Promise((heard) => {
        const listen = (message: unknown) => {
          if (message !== 'heard') return
          child?.off('message', listen)
          heard()
        }
        child?.on('message', listen)
        child?.send(order)
      }),
    restart: async () => {
      await stop()
      await start()
    },
    passTime: (seconds) => moveBack(db, seconds),
    close: async () => {
      await stop()
      await neighbourhood.stop()
      await db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Every refund wants a second person, nobody waits long for a neighbour, and one step is enough to sign in. */
function settingsOf(settings: ReturnType<typeof demoSettings>): object {
  return {
    ...settings,
    service: { ...settings.service, logLevel: 'fatal', requestsPerMinute: 10_000_000 },
    koha: { ...settings.koha, readSeconds: 2, writeSeconds: 2, longestRequestSeconds: 3 },
    people: { ...settings.people, mfa: { enabled: false } },
    refunds: { approvalFrom: '0' },
  }
}

function read(file: string): Config {
  const outcome = loadConfig({ file, environment: {}, providers: providerSchemas })
  if (!outcome.ok) throw new Error(outcome.faults.join('\n'))
  return outcome.config
}

/** Sign-ins stay as they are, and so does what nobody may change; they wait for nothing. */
const UNTOUCHED = ['session', 'migration', 'audit', 'posting', 'batch', 'batch_download', 'payment_event']

async function moveBack(db: Database, seconds: number): Promise<void> {
  const columns = await db.query<{ table: string; sets: string }>(
    `select table_name as table, string_agg(format('%1$I = %1$I - make_interval(secs => $1)', column_name), ', ') as sets
     from information_schema.columns
     where table_schema = 'public' and data_type = 'timestamp with time zone' and not table_name = any($1)
     group by table_name`,
    [UNTOUCHED],
  )
  for (const { table, sets } of columns) await db.query(`update ${table} set ${sets}`, [seconds])
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}

async function untilReady(baseUrl: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (!isRunning(child)) throw new Error('Kvitt stopped before it was ready')
    const ready = await fetch(`${baseUrl}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error('Kvitt did not become ready')
}
