import { EmbeddedServerError } from '../../database/embedded/embedded-error.ts'

/**
 * Prints why Kvitt cannot start and ends the process with 1, when the reason is one that the person who starts it can
 * mend. Returns when it is not: then it is a mistake of ours, and wants its stack.
 */
export function exitIfMendable(error: unknown): void {
  if (!(error instanceof EmbeddedServerError)) return
  console.error(`Kvitt cannot start its database.\n\n  ${error.message}`)
  process.exit(1)
}
