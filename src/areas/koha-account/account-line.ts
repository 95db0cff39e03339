import type { Answer, Trouble } from '../../base/answer.ts'
import type { KohaTrouble } from '../refunds/case-facts.ts'

/** A line of a patron's account in Koha that may be one of ours. */
export interface KohaLine {
  id: number
  amount: number
  description: string | null
  note: string | null
}

/** A line that has gone out, and of which we do not know whether Koha has it. */
export interface OpenLine {
  id: number
  reference: string
  amount: number
  sentAt: Date
}

/** As staff call it, and as the table is named in which we keep what we know of ours. */
export type LineName = 'credit' | 'debit'

/** One kind of line that we write, and how Koha is asked for it. */
export interface LineKind<Line extends KohaLine> {
  name: LineName
  find(reference: string): Promise<Answer<Line[]>>
}

/** What one step towards what Koha is to have came to. `stop` leaves it to a person. */
export type Step =
  | { kind: 'on' }
  | { kind: 'later'; why: string; at: Date }
  | { kind: 'stop'; trouble: KohaTrouble }

/** Not now; again at the earliest in so many seconds. */
export function later({ message }: Trouble, now: Date, seconds: number): Step {
  return { kind: 'later', why: message, at: new Date(now.getTime() + seconds * 1000) }
}

/** Those of Koha's lines that carry exactly this reference, not one that merely begins with it. */
export function linesWithReference<Line extends KohaLine>(lines: Line[], reference: string): Line[] {
  return lines.filter(({ description, note }) =>
    [description, note].some((text) => text?.split(/\s+/).includes(reference)),
  )
}

/** The reference of the nth line that one thing calls for: its own, then "KV-…-2", "KV-…-3". */
export function lineReference(reference: string, index: number): string {
  return index === 0 ? reference : `${reference}-${index + 1}`
}
