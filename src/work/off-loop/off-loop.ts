import type { OffLoop } from '../../base/off-loop.ts'
import { createLane, type Lane, type LaneLimits } from './lane.ts'

/** The threads of one process. */
export interface OffLoopThreads extends OffLoop {
  /** Ends all threads. What they have in hand fails. */
  stop(): Promise<void>
}

/** One silent for longer hangs: the largest piece of work between two signs of life takes a second or two. */
const LIMITS: LaneLimits = { silentSeconds: 60, idleSeconds: 30, mostWaiting: 64 }

/**
 * Returns what runs functions off the event loop. Each module has a thread of its own, which starts when it is needed,
 * does one thing at a time and ends when it is idle: a long batch keeps no receipt waiting, and what only a thread needs
 * (PDF, fonts) is not in the memory of the process for longer than it is used.
 */
export function createOffLoop(limits: Partial<LaneLimits> = {}): OffLoopThreads {
  const lanes = new Map<string, Lane>()
  const laneOf = (module: string): Lane => {
    const lane = lanes.get(module) ?? createLane(module, { ...LIMITS, ...limits })
    lanes.set(module, lane)
    return lane
  }
  return {
    run: <Result>({ module, name }: { module: string; name: string }, input: unknown, parts = nothing()) =>
      laneOf(module).run({ name, input, parts }) as Promise<Result>,
    stop: async () => {
      await Promise.all([...lanes.values()].map((lane) => lane.stop()))
    },
  }
}

async function* nothing(): AsyncGenerator<never> {}
