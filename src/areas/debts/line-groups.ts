import { type Ore, sum } from '../../base/money.ts'
import type { FeeLine } from './fee-line.ts'

/** What tells that two lines are for the same book. */
export interface OfBook {
  title: string | null
  barcode: string | null
}

export interface BookGroup<Line> {
  /** The book that all lines are for, said once; null when the lines say it themselves. */
  book: (OfBook & Partial<Pick<FeeLine, 'author' | 'library'>>) | null
  lines: Line[]
}

/**
 * Lines of the same book under its title, in the place of the first of them; the others as they are. A lost book is
 * three fees, and its title three times over is noise.
 */
export function groupByBook<Line extends OfBook>(lines: Line[]): BookGroup<Line>[] {
  const groups: BookGroup<Line>[] = []
  const ofBook = Map.groupBy(lines, (line) => line.barcode ?? '')
  for (const line of lines) {
    const together = line.barcode === null ? [line] : (ofBook.get(line.barcode) ?? [])
    if (together[0] !== line && together.length > 1) continue
    const last = groups.at(-1)
    if (together.length > 1) groups.push({ book: line, lines: together })
    else if (last && last.book === null) last.lines.push(line)
    else groups.push({ book: null, lines: [line] })
  }
  return groups
}

export interface LibraryGroup {
  library: string | null
  sum: Ore
  groups: BookGroup<FeeLine>[]
}

/** So many lines can be taken in at a glance; more are parted by library. */
const AT_A_GLANCE = 20

/**
 * Returns the lines library by library when they are many, else all in one without a name; within each, book by book.
 */
export function groupByLibrary(lines: FeeLine[]): LibraryGroup[] {
  const libraries =
    lines.length > AT_A_GLANCE ? Map.groupBy(lines, ({ library }) => library) : new Map([[null, lines]])
  return [...libraries].map(([library, its]) => ({
    library,
    sum: sum(its.map(({ amount }) => amount)),
    groups: groupByBook(its),
  }))
}
