import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Trouble } from './answer.ts'
import type { NeighbourState, Watch } from './watched.ts'

export interface Metrics extends Watch {
  registry: Registry
  /** How each neighbour has been doing, in the order in which they were first seen. */
  neighbours(): NeighbourState[]
}

/**
 * Returns what is measured about the neighbours. What stands in the tables is read when somebody asks (the operations area's health page).
 */
export function createMetrics(now: () => Date): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'kvitt_' })
  measureEventLoop(registry)
  const calls = new Counter({
    name: 'kvitt_neighbour_calls_total',
    help: 'Calls to Koha, payment providers and mail, by outcome',
    labelNames: ['neighbour', 'call', 'outcome'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'kvitt_neighbour_seconds',
    help: 'How long neighbours took to answer',
    labelNames: ['neighbour'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  })
  const up = new Gauge({
    name: 'kvitt_neighbour_up',
    help: '1 when the last call to the neighbour succeeded, 0 when it met trouble',
    labelNames: ['neighbour'],
    registers: [registry],
  })
  const states = new Map<string, NeighbourState>()

  return {
    registry,
    neighbours: () => [...states.values()],
    saw: (neighbour, call, took, trouble) => {
      calls.inc({ neighbour, call, outcome: trouble?.kind ?? 'ok' })
      seconds.observe({ neighbour }, took)
      up.set({ neighbour }, trouble ? 0 : 1)
      states.set(neighbour, newState(states.get(neighbour), neighbour, trouble, now()))
    },
  }
}

/** Milliseconds between two looks at the event loop; what is measured may be longer by as much. */
const LOOK_MS = 20

/** Measures how long the event loop was blocked at most since somebody last asked: so long did all requests wait. */
function measureEventLoop(registry: Registry): void {
  let longest = 0
  let last = performance.now()
  const look = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  setInterval(look, LOOK_MS).unref()
  new Gauge({
    name: 'kvitt_event_loop_longest_seconds',
    help: 'Longest block of the event loop since the last scrape',
    registers: [registry],
    collect() {
      look()
      this.set(longest / 1000)
      longest = 0
    },
  })
}

function newState(
  old: NeighbourState | undefined,
  name: string,
  trouble: Trouble | null,
  at: Date,
): NeighbourState {
  const before = old ?? { name, lastOkAt: null, lastTroubleAt: null, lastTrouble: null }
  return trouble ? { ...before, lastTroubleAt: at, lastTrouble: trouble } : { ...before, lastOkAt: at }
}
