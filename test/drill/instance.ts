import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { productCommand } from '../../sandbox/product-command.ts'

/** One process of the product. */
export interface Instance {
  port: number
  /** The settings file that it was started with last. */
  settings(): string
  /** Starts it with a settings file: the same as last time unless told otherwise. */
  start(file?: string): Promise<void>
  /** Sends a signal; SIGKILL ends it where it stands. */
  signal(name: NodeJS.Signals): void
  /** Resolves when it has ended. */
  ended(): Promise<void>
  /**
   * Its clock goes so many milliseconds ahead of the machine's, now and after a new start; behind, when negative.
   * `passed` of them have really passed: else somebody has set it wrong.
   */
  setClock(ahead: number, passed?: number): Promise<void>
}

const ahead = fileURLToPath(new URL('./ahead.ts', import.meta.url))

/**
 * Lets Node keep what it has compiled, in a folder: the drill starts the product some forty times, and each would cost a
 * second of work anew. Those that are killed leave nothing there, so one is started that only says what it can do.
 */
export function warmUp(folder: string): void {
  const { program, parameters } = productCommand('none')
  const env = { ...process.env, NODE_COMPILE_CACHE: folder }
  spawnSync(program, [...parameters, '--help'], { env, stdio: 'ignore' })
}

export function createInstance(settings: string, port: number, cache: string): Instance {
  let file = settings
  let child: ChildProcess | undefined
  let clock = 0
  let stopped = false
  const lives = () => child !== undefined && child.exitCode === null && child.signalCode === null
  return {
    port,
    settings: () => file,
    start: async (other) => {
      if (other !== undefined) file = other
      const { program, parameters } = productCommand(file)
      child = spawn(program, ['--import', ahead, ...parameters], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        env: { ...process.env, DRILL_AHEAD_MS: String(clock), NODE_COMPILE_CACHE: cache },
      })
      // A process that is killed while it is spoken to has nothing to say.
      child.on('error', () => {})
      child.setMaxListeners(0)
      await untilReady(port, child)
    },
    signal: (name) => {
      child?.kill(name)
      const letGo = stopped && name === 'SIGCONT'
      stopped = name === 'SIGSTOP'
      // What has passed meanwhile it learns from the database.
      if (letGo) child?.send({ ahead: clock, passed: 0 }, () => {})
    },
    ended: async () => {
      if (child && lives()) await once(child, 'exit')
    },
    setClock: async (milliseconds, passed = 0) => {
      clock = milliseconds
      const told = child
      if (!told?.connected || !lives() || stopped) return
      const heard = once(told, 'message')
      told.send({ ahead: milliseconds, passed }, () => {})
      await Promise.race([heard, once(told, 'exit')])
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
