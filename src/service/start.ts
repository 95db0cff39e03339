import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createWebhookDoor } from '../areas/payments/pages/webhook-door.ts'
import { areas } from '../areas.ts'
import type { Log } from '../base/log.ts'
import type { Config } from '../config/load.ts'
import { startDatabaseClock } from '../database/clock.ts'
import { durabilityOf } from '../database/durability.ts'
import { openDatabase } from '../database/open.ts'
import { createServerWithTimeouts } from '../web/server-with-timeouts.ts'
import { startTimetable } from '../work/timetable.ts'
import { startWorkers } from '../work/workers.ts'
import { createApp } from './app.ts'
import { tasksOf } from './tasks.ts'
import { wire } from './wiring.ts'
import { workOf } from './work-of.ts'

export interface Running {
  /** The port that it listens on; of interest when the configuration says 0. */
  port: number
  /** Finishes what is in hand, then lets go of everything. */
  stop(): Promise<void>
}

/** Starts the service: database and migrations, then the doors, then the work that goes on by itself. */
export async function start(config: Config, log: Log): Promise<Running> {
  const onIdleError = (error: Error) =>
    log.warn({ event: 'database-connection.lost', err: error }, 'a database connection was lost')
  const database = await openDatabase(config.database, { folder: config.folder, onIdleError })
  if (database.migrated.length > 0)
    log.info({ event: 'tables.migrated', migrations: database.migrated }, 'database migrated')
  const { loses } = await durabilityOf(database.db)
  if (loses) log.error({ event: 'durability.missing' }, loses)
  const clock = await startDatabaseClock(database.db)
  const wired = wire(config, database.db, log, clock)
  const { context } = wired

  let stopping = false
  const app = createApp({ ...wired, areas, stopping: () => stopping })
  const door = createWebhookDoor(context)
  const server = createServerWithTimeouts((request, response) => {
    if (!door(request, response)) app(request, response)
  })
  await listen(server, config.service.port, config.service.listen)

  const workers = startWorkers(workOf(areas, context), wired.bell, log, {
    pollSeconds: 2,
    minimumRound: { webhooks: 50 },
  })
  const timetable = await startTimetable(context, tasksOf(areas, context))
  const { port } = server.address() as AddressInfo
  log.info({ event: 'process.started', port, address: config.service.baseUrl }, 'kvitt is started')

  return {
    port,
    stop: async () => {
      stopping = true
      log.info({ event: 'process.stopping' }, 'kvitt is stopping')
      await close(server)
      await timetable.stop()
      await workers.stop()
      await wired.offLoop.stop()
      clock.stop()
      await database.close()
      log.info({ event: 'process.stopped' }, 'kvitt is stopped')
    },
  }
}

function listen(server: Server, port: number, address: string): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed)
    server.listen(port, address, () => {
      server.off('error', failed)
      done()
    })
  })
}

/** Requests in hand are answered; idle connections are closed at once; after ten seconds the rest too. */
async function close(server: Server): Promise<void> {
  const closed = new Promise((done) => server.close(done))
  server.closeIdleConnections()
  const closeTimer = setTimeout(() => server.closeAllConnections(), 10_000)
  await closed
  clearTimeout(closeTimer)
}
