import type { Reply } from './faults.ts'

/** Answers remembered by idempotency key. */
export interface Replays {
  /** The stored answer when the key was used with the same request; `other` when it was used with another one. */
  find(key: string, request: string): Reply | 'other' | undefined
  keep(key: string, request: string, reply: Reply): void
}

export function createReplays(): Replays {
  const kept = new Map<string, { request: string; reply: Reply }>()
  return {
    find: (key, request) => {
      const old = kept.get(key)
      if (!old) return undefined
      return old.request === request ? old.reply : 'other'
    },
    keep: (key, request, reply) => {
      kept.set(key, { request, reply })
    },
  }
}
