import { createLog } from '../../base/log.ts'
import { start } from '../start.ts'
import { exitIfMendable } from './cannot-start.ts'
import { configurationOrExit } from './configuration.ts'

/** `kvitt serve`: runs until it is told to stop, and then finishes what it has in hand. */
export async function serve(file: string): Promise<void> {
  const config = configurationOrExit(file)
  const log = createLog(config.service.logLevel)
  const running = await start(config, log).catch((error: unknown) => {
    exitIfMendable(error)
    log.fatal({ event: 'process.not-started', err: error }, 'kvitt could not start')
    process.exit(1)
  })

  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal({ event: 'process.not-stopped', err: error }, 'kvitt failed while it stopped')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // Nobody waits for the answer of such a promise: it is a mistake of ours, and it is told, not hidden.
  process.on('unhandledRejection', (error) =>
    log.error({ event: 'rejection.unhandled', err: error }, 'a failure that no code handled'),
  )
}
