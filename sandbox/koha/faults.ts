/** The ways in which a Koha lets its callers down, as data that can be switched while it runs. */
export const faultKinds = {
  down: 'The connection is cut before anything is read',
  slow: 'Answers after the delay, and finishes its work though the caller has gone',
  '500-before': 'Fails with 500, nothing done',
  '500-after': 'Does the work, then fails with 500',
  'cut-after': 'Does the work, then the connection breaks',
  'timeout-after': 'Does the work, then stays silent for the delay and breaks the connection',
  html: 'A web page in place of JSON (200), nothing done',
  '401': 'Forgets every token and refuses the key (401)',
  '403': 'The API user lacks the permission (403)',
  '404': 'The patron is not found (404)',
  '503': 'Closed for maintenance (503)',
} as const

export type FaultKind = keyof typeof faultKinds

/** Which calls it meets: all of the API, questions only, or only the booking of a credit or of a debit. */
export const faultScopes = ['all', 'reads', 'credits', 'debits'] as const
export type FaultScope = (typeof faultScopes)[number]

export interface Fault {
  kind: FaultKind
  on: FaultScope
  /** How many such calls go well first. */
  after?: number
  /** How many calls it meets; left out, it stays until cleared. */
  times?: number
  /** For `slow` and `timeout-after`. */
  milliseconds?: number
}

export interface Faults {
  active(): Fault[]
  add(fault: Fault): void
  /** Forgets all faults; calls that are kept waiting go on at once. */
  clear(): void
  /** Forgets those that fit. */
  remove(fits: (fault: Fault) => boolean): void
  pause(milliseconds: number): Promise<void>
  /** Resolves when no call is kept waiting any more. */
  quiet(): Promise<void>
  /** The first fault that meets such a call, counted down. */
  next(method: string, path: string): Fault | undefined
}

/** A switchboard of faults; the first that fits a call wins. */
export function createFaults(initial: Fault[]): Faults {
  let active = initial.map((fault) => ({ ...fault }))
  const waiting = new Set<() => void>()
  let listeners: (() => void)[] = []
  const tellQuiet = () => {
    if (waiting.size > 0) return
    for (const listener of listeners) listener()
    listeners = []
  }

  return {
    active: () => active.map((fault) => ({ ...fault })),
    add: (fault) => {
      active.push({ ...fault })
    },
    clear: () => {
      active = []
      for (const end of waiting) end()
    },
    remove: (fits) => {
      active = active.filter((fault) => !fits(fault))
    },
    pause(milliseconds) {
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          waiting.delete(end)
          resolve()
          tellQuiet()
        }
        const timer = setTimeout(end, milliseconds)
        waiting.add(end)
      })
    },
    quiet: () =>
      new Promise((resolve) => {
        listeners.push(resolve)
        tellQuiet()
      }),
    next(method, path) {
      const fault = active.find(({ on }) => meets(on, method, path))
      if (fault?.after !== undefined && fault.after > 0) {
        fault.after -= 1
        return undefined
      }
      if (fault?.times !== undefined) {
        fault.times -= 1
        if (fault.times <= 0) active = active.filter((other) => other !== fault)
      }
      return fault
    },
  }
}

function meets(scope: FaultScope, method: string, path: string): boolean {
  if (scope === 'reads') return method === 'GET'
  if (scope === 'credits') return method === 'POST' && path.endsWith('/account/credits')
  if (scope === 'debits') return method === 'POST' && path.endsWith('/account/debits')
  return true
}
