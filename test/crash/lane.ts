import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { demoSettings } from '../../sandbox/demo-settings.ts'
import { type Neighbourhood, startNeighbourhood } from '../../sandbox/neighbourhood.ts'
import { freePort } from '../../sandbox/ports.ts'
import { type Config, loadConfig } from '../../src/config/load.ts'
import { connect, type Database } from '../../src/database/database.ts'
import { knownProviders } from '../../src/outside/providers/list.ts'
import { openFrontDoor } from './front-door.ts'
import { type Mortal, startMortal } from './mortal.ts'
import type { Order } from './mortal-process.ts'
import { moveBack } from './move-back.ts'
import type { Point } from './where.ts'

/** A database of its own, the sandbox around it, and one process of the product that works for it. */
export interface Lane extends Neighbourhood {
  db: Database
  config: Config
  order(order: Order): Promise<void>
  /** The points passed since it was told to tell. */
  told: Map<string, Point>
  /** Whether the process that works has been killed or stopped. */
  isGone(): boolean
  /** Starts another in its place. One that is only stopped stays as it is, and is late. */
  replace(): Promise<void>
  /** Lets who is late go on until nothing more comes of it, and ends it. */
  letLateGo(): Promise<void>
  /** Ends the one that works in the ordinary way and starts another. */
  restart(): Promise<void>
  /** As if so much time had gone by: everything that is written in the tables lies so much further back. */
  passTime(seconds: number): Promise<void>
  close(): Promise<void>
}

const LATE_MS = 3000

/** `cache` is a folder for compiled sources: the process is started often. */
export async function openLane(databaseUrl: string, cache: string): Promise<Lane> {
  const folder = mkdtempSync(join(tmpdir(), 'kvitt-crash-'))
  const neighbourhood = await startNeighbourhood({ firstPort: 0, database: { url: databaseUrl } })
  const door = await openFrontDoor(Number(new URL(neighbourhood.baseUrl).port))
  const places = await Promise.all(
    [0, 1].map(async (number) => {
      const port = await freePort(0)
      const file = neighbourhood.writeSettings(join(folder, String(number)), (demo) => settingsOf(demo, port))
      return { port, file }
    }),
  )
  const config = read(places[0]?.file ?? '')
  const db = connect({ url: databaseUrl, connections: 2, as: 'owner', onIdleError: () => {} })
  const told = new Map<string, Point>()
  let working: Mortal | undefined
  let late: Mortal | undefined
  let replacedAt = 0

  const start = async () => {
    const place = places.find(({ port }) => port !== late?.port) ?? { port: 0, file: '' }
    working = await startMortal(place.file, place.port, cache, (point) => told.set(point.key, point))
    door.leadTo(place.port)
  }
  await start()
  return {
    ...neighbourhood,
    db,
    config,
    told,
    order: async (order) => working?.order(order),
    isGone: () => working?.isGone() === true,
    replace: async () => {
      late = working
      replacedAt = performance.now()
      await start()
    },
    letLateGo: async () => {
      // The tables have moved, the clocks have not: what a process measures for itself is to be over too.
      const early = replacedAt + LATE_MS - performance.now()
      if (early > 0) await new Promise((later) => setTimeout(later, early))
      await late?.letGo()
      await late?.end('SIGKILL')
      late = undefined
    },
    restart: async () => {
      await working?.end('SIGTERM')
      await start()
    },
    passTime: (seconds) => moveBack(db, seconds),
    close: async () => {
      await late?.end('SIGKILL')
      await working?.end('SIGTERM')
      await door.close()
      await neighbourhood.stop()
      await db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Every refund wants a second person, nobody waits long for a neighbour, and one step is enough to sign in. */
function settingsOf(settings: ReturnType<typeof demoSettings>, port: number): object {
  return {
    ...settings,
    service: { ...settings.service, port, logLevel: 'fatal', requestsPerMinute: 10_000_000 },
    koha: { ...settings.koha, readSeconds: 2, writeSeconds: 2, longestRequestSeconds: 3 },
    people: { ...settings.people, mfa: { enabled: false } },
    refunds: { approvalFrom: '0' },
  }
}

function read(file: string): Config {
  const outcome = loadConfig({ file, environment: {}, providers: knownProviders })
  if (!outcome.ok) throw new Error(outcome.faults.join('\n'))
  return outcome.config
}
