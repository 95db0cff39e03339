import type { Request, Response } from 'express'

/** Calls that can be made to go wrong. */
export const operations = [
  'nets.create',
  'nets.retrieve',
  'nets.terminate',
  'nets.charge',
  'nets.cancel',
  'nets.refund',
  'nets.other',
  'stripe.create',
  'stripe.retrieve',
  'stripe.expire',
  'stripe.capture',
  'stripe.refund',
  'stripe.other',
] as const

export type Operation = (typeof operations)[number]

/** The ways. `cut-after` and `error-after` have acted first: the money may have moved, and nobody is told. */
export const faultKinds = [
  'error',
  'error-after',
  'slow',
  'cut',
  'cut-after',
  'invalid-json',
  'too-many',
] as const

export type FaultKind = (typeof faultKinds)[number]

export interface Fault {
  on: Operation | 'any'
  kind: FaultKind
  /** How many calls it hits; left out, it stays until cleared. */
  times?: number
  /** For `slow`. */
  milliseconds?: number
}

export interface Faults {
  add(fault: Fault): void
  clear(): void
  /** Forgets those that fit. */
  remove(fits: (fault: Fault) => boolean): void
  waiting(): Fault[]
  /** The fault for this call, if any; counts it down. */
  take(operation: Operation): Fault | undefined
}

export function createFaults(): Faults {
  let list: Fault[] = []
  return {
    add: (fault) => {
      list.push({ ...fault })
    },
    clear: () => {
      list = []
    },
    remove: (fits) => {
      list = list.filter((fault) => !fits(fault))
    },
    waiting: () => list.map((fault) => ({ ...fault })),
    take: (operation) => {
      const fault = list.find(({ on }) => on === operation || on === 'any')
      if (fault?.times !== undefined) fault.times -= 1
      list = list.filter(({ times }) => times === undefined || times > 0)
      return fault
    },
  }
}

/** What a handler answers; `body` undefined sends none. */
export interface Reply {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

const SLOW_MS = 30_000

/**
 * Answers one API call: what the handler says, unless a fault is waiting for this operation.
 * `serverError` is the provider's own 500.
 */
export async function answerCall(
  { faults, serverError }: { faults: Faults; serverError: Reply },
  operation: Operation,
  handle: () => Reply,
): Promise<Reply | 'cut' | 'garbage'> {
  const fault = faults.take(operation)
  switch (fault?.kind) {
    case 'error':
      return serverError
    case 'too-many':
      return { status: 429 }
    case 'cut':
      return 'cut'
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, fault.milliseconds ?? SLOW_MS).unref())
      return handle()
    case 'error-after':
      handle()
      return serverError
    case 'cut-after':
      handle()
      return 'cut'
    case 'invalid-json':
      handle()
      return 'garbage'
    default:
      return handle()
  }
}

/** Writes the answer, or cuts the line, or sends what no client can read. */
export function send(request: Request, response: Response, reply: Reply | 'cut' | 'garbage'): void {
  if (reply === 'cut') {
    request.socket.destroy()
    return
  }
  if (reply === 'garbage') {
    response.status(200).type('application/json').send('{"payment": <html>Bad Gateway</html>')
    return
  }
  response.status(reply.status).set(reply.headers ?? {})
  if (reply.body === undefined) response.end()
  else response.json(reply.body)
}
