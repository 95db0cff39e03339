import { kohaTime, type Line, type Offset } from './lines.ts'
import type { Restriction, SeedItem, SeedLibrary, SeedPatron } from './seed-types.ts'

export interface Patron extends Omit<SeedPatron, 'expiresInDays' | 'restrictions' | 'attributes'> {
  expiresOn: string | null
  restrictions: Restriction[]
  attributes: { id: number; type: string; value: string }[]
}

export interface Item extends SeedItem {
  lostStatus: number
}

/** What this Koha holds: its tables, in memory. */
export interface Tables {
  libraries: Map<string, SeedLibrary>
  patrons: Map<number, Patron>
  items: Map<number, Item>
  lines: Map<number, Line>
  /** The same lines by patron, as an index. */
  linesByPatron: Map<number, Line[]>
  offsets: Offset[]
  lastLineId: number
  now: () => Date
}

type Draft = Partial<Line> & Pick<Line, 'patronId' | 'kind' | 'type' | 'amount' | 'interface'>

/** Inserts an account line, outstanding in full and dated now unless the draft says otherwise. */
export function insertLine(tables: Tables, draft: Draft): Line {
  const now = kohaTime(tables.now())
  const line: Line = {
    id: tables.lastLineId + 1,
    status: null,
    outstanding: draft.amount,
    description: null,
    note: null,
    date: now,
    timestamp: now,
    itemId: null,
    libraryId: null,
    userId: null,
    paymentType: null,
    ...draft,
  }
  tables.lastLineId = Math.max(tables.lastLineId, line.id)
  tables.lines.set(line.id, line)
  const held = tables.linesByPatron.get(line.patronId)
  if (held) held.push(line)
  else tables.linesByPatron.set(line.patronId, [line])
  return line
}

/** All account lines of a patron, oldest number first. */
export function linesOf(tables: Tables, patronId: number): Line[] {
  return tables.linesByPatron.get(patronId) ?? []
}

/** The patron's lines of a kind that are not used up. */
export function outstandingLines(tables: Tables, patronId: number, kind: Line['kind']): Line[] {
  return linesOf(tables, patronId).filter((line) => line.kind === kind && line.outstanding !== 0)
}
