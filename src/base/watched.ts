import type { Trouble } from './answer.ts'

/** How a neighbour has been doing, as this process has seen it. */
export interface NeighbourState {
  name: string
  lastOkAt: Date | null
  lastTroubleAt: Date | null
  lastTrouble: Trouble | null
}

export interface Watch {
  /** Told of every call: how long it took in seconds, and the trouble if there was one. */
  saw(neighbour: string, call: string, seconds: number, trouble: Trouble | null): void
}

/**
 * Returns the same port, with every call that returns a promise reported to the watch. The port's own answers say whether
 * a call met trouble (`ok: false`, or a `trouble` beside a kind), so no adapter needs to know that it is watched.
 */
export function watched<Port extends object>(port: Port, neighbour: string, watch: Watch): Port {
  return new Proxy(port, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver)
      if (typeof value !== 'function') return value
      return (...parameters: unknown[]) => {
        const begun = performance.now()
        const answer: unknown = value.apply(target, parameters)
        if (!(answer instanceof Promise)) return answer
        return answer.then((outcome: unknown) => {
          watch.saw(neighbour, String(key), (performance.now() - begun) / 1000, troubleIn(outcome))
          return outcome
        })
      }
    },
  })
}

function troubleIn(outcome: unknown): Trouble | null {
  if (typeof outcome !== 'object' || outcome === null || !('trouble' in outcome)) return null
  return outcome.trouble as Trouble
}
