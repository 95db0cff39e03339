import { AsyncLocalStorage } from 'node:async_hooks'
import { pino } from 'pino'

export type Log = pino.Logger

/** What every line written during one request or one job carries: its id, and the payment it is about once known. */
export interface Trail {
  request?: string
  job?: string
  payment?: string
}

const trail = new AsyncLocalStorage<Trail>()

/** Runs work with a trail of its own: every log line inside carries its ids. */
export function withTrail<T>(start: Trail, work: () => T): T {
  return trail.run({ ...start }, work)
}

/** Adds to the current trail, for lines still to come. Without a trail it does nothing. */
export function addToTrail(more: Trail): void {
  const current = trail.getStore()
  if (current) Object.assign(current, more)
}

/**
 * Returns the JSON log on stdout. Callers log our own ids (request, payment reference, patron number), never objects
 * from outside: redaction by path does not reach a personal number inside a text.
 */
export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => trail.getStore() ?? {},
    redact: [
      'authorization',
      'cookie',
      'password',
      'secret',
      '*.authorization',
      '*.cookie',
      '*.password',
      '*.secret',
    ],
  }
  return destination ? pino(options, destination) : pino(options)
}
