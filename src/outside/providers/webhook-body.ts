import type { WebhookReading } from '../ports/provider.ts'

/**
 * Returns a webhook's JSON object; undefined when it is none. `Fields` must believe nothing: each optional and
 * unknown.
 */
export function readObject<Fields extends object>(body: Buffer): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}

/** The sender is proved, and what it sent cannot be filed. */
export function unreadable(reason: string): WebhookReading {
  return { kind: 'unreadable', reason }
}
