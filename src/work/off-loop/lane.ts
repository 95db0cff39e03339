import { type Call, startThread, type Thread } from './thread.ts'

export interface LaneLimits {
  /** A thread that says nothing for so long is ended, and what it had in hand fails. */
  silentSeconds: number
  /** A thread without work ends after so long. */
  idleSeconds: number
  /** So many calls may wait for their turn; one more is refused. */
  mostWaiting: number
}

/** One module's thread, and the calls that wait for it. */
export interface Lane {
  run(call: Call): Promise<unknown>
  stop(): Promise<void>
}

/** Returns a lane whose calls are done one after the other, in the order in which they came. */
export function createLane(module: string, limits: LaneLimits): Lane {
  let thread: Thread | undefined
  let idle: NodeJS.Timeout | undefined
  let stopped = false
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()

  const end = async () => {
    clearTimeout(idle)
    const ended = thread
    thread = undefined
    await ended?.end()
  }
  const doOne = async (call: Call) => {
    if (stopped) throw new Error(`${call.name}: the process is closing`)
    clearTimeout(idle)
    thread = thread?.lives() ? thread : startThread(module, limits.silentSeconds)
    try {
      return await thread.run(call)
    } finally {
      // Unreferenced: a thread that waits for work keeps no process from ending.
      idle = setTimeout(end, limits.idleSeconds * 1000).unref()
    }
  }
  return {
    run: async (call) => {
      if (waiting > limits.mostWaiting) throw new Error(`${call.name}: ${waiting} calls wait already`)
      waiting += 1
      const turn = last.then(() => doOne(call))
      last = turn.catch(() => {}).then(() => (waiting -= 1))
      return turn
    },
    stop: async () => {
      stopped = true
      await end()
    },
  }
}
