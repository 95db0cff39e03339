import type { Actor } from '../../base/actor.ts'

/** Facts before and after, flat: our own ids, states and sums in öre. No name, no title, no personal number. */
export type AuditFacts = Record<string, string | number | boolean | null>

export interface AuditEntry {
  actor: Actor
  /** As the area that does it names it: Area.acts. */
  act: string
  /** What it was done to: `payment KV-7F3K-2M`, `batch 12`. */
  subject: string
  before?: AuditFacts
  after?: AuditFacts
  reason?: string
}

/** One row of the trail. `at` is an ISO date-time in UTC with milliseconds. */
export interface AuditRow extends Actor {
  id: number
  at: string
  act: string
  subject: string
  before: AuditFacts | null
  after: AuditFacts | null
  reason: string | null
  previousHash: string
  hash: string
}

/** What the first row carries as the hash before it. */
export const BEGINNING = '0'.repeat(64)

/**
 * Returns the text whose hash is the row's: every column but the hash itself, in one order and one way of writing.
 */
export function auditText(row: Omit<AuditRow, 'hash'>): string {
  const { id, at, who, role, act, subject, before, after, reason, address, request, previousHash } = row
  const facts = [before, after].map((one) => (one === null ? null : Object.entries(one).sort(byName)))
  return JSON.stringify([previousHash, id, at, who, role, act, subject, ...facts, reason, address, request])
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A place where the trail is not what was written. */
export type AuditFault =
  | { kind: 'changed'; id: number }
  | { kind: 'missing-before'; id: number }
  /** The trail ends before a row that is known to have been there, or that row is another. */
  | { kind: 'cut-off'; id: number }

/** Returns where a row does not follow from the one before it; undefined when it does. `hashOf` is SHA-256 in hex. */
export function faultBetween(
  previous: Pick<AuditRow, 'id' | 'hash'> | undefined,
  row: AuditRow,
  hashOf: (text: string) => string,
): AuditFault | undefined {
  if (row.id !== (previous?.id ?? 0) + 1) return { kind: 'missing-before', id: row.id }
  if (row.previousHash !== (previous?.hash ?? BEGINNING)) return { kind: 'changed', id: row.id }
  return hashOf(auditText(row)) === row.hash ? undefined : { kind: 'changed', id: row.id }
}
