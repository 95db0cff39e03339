import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { apiRouter, type Exchanged } from './api/api-router.ts'
import { createKeys, type Key } from './api/keys.ts'
import type { Fault } from './faults.ts'
import type { Seed } from './seed-types.ts'
import { viewRouter } from './view/view-router.ts'
import { createWorld, type World } from './world.ts'

/** What opens the sandbox's API unless told otherwise. Not secret: it listens on loopback only. */
export const sandboxKey: Key = {
  clientId: 'kvitt-sandbox',
  clientSecret: 'kvitt-sandbox-secret',
  user: 'kvitt',
  password: 'kvitt-sandbox-password',
}

export interface SandboxKohaOptions {
  /** 0, the default, takes a free port. */
  port?: number
  seed: Seed
  faults?: Fault[]
  key?: Key
  now?: () => Date
  onExchange?: (exchanged: Exchanged) => void
}

export interface SandboxKoha {
  /** The pages for people. */
  url: string
  /** The REST API: what the product's `koha.url` is. */
  apiUrl: string
  world: World
  key: Key
  /** Closes the port, so that connections are refused, until comeUp. */
  goDown(): Promise<void>
  comeUp(): Promise<void>
  stop(): Promise<void>
}

/** A Koha on loopback: its REST API with its habits, and pages on which people see and change what it holds. */
export async function startSandboxKoha(options: SandboxKohaOptions): Promise<SandboxKoha> {
  const { port = 0, seed, faults = [], key = sandboxKey, now = () => new Date(), onExchange } = options
  const world = createWorld({ seed, faults, now })
  const keys = createKeys(key, world.preferences, now)

  const app = express().disable('x-powered-by')
  app.use('/api/v1', apiRouter({ world, keys, onExchange }))
  app.use(viewRouter(world))

  let server = await listen(app, port)
  const taken = (server.address() as AddressInfo).port
  const url = `http://127.0.0.1:${taken}`
  const down = () => (server.listening ? close(server) : Promise.resolve())
  return {
    url,
    apiUrl: `${url}/api/v1`,
    world,
    key,
    goDown: down,
    async comeUp() {
      if (!server.listening) server = await listen(app, taken)
    },
    async stop() {
      world.faults.clear()
      await down()
    },
  }
}

function listen(app: express.Express, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(app)
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
