import { cpus, type as osType, release, totalmem } from 'node:os'

/** What this was measured on, in one line. */
export function describeMachine(): string {
  const [cpu] = cpus()
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${gigabytes} GiB, ${osType()} ${release()}, Node ${process.version}`
}
