import { type Books, compareBooks } from './books.ts'
import type { Lane } from './lane.ts'
import { live } from './lives.ts'
import { beginTale, type People, stepsOf } from './story.ts'
import type { Point } from './where.ts'

/** What became of one point. */
export interface Outcome extends Books {
  point: Point
  /** False when no life came past it: then nothing has been shown. */
  died: boolean
  recoveredMs: number
  survived: boolean
}

/** Lives through two tales undisturbed, in a fresh process, and answers every point that they came past. */
export async function findPoints(lane: Lane, people: People): Promise<Point[]> {
  await lane.order({ tell: true, dieAt: null })
  for (const number of [0, 1]) {
    const tale = beginTale(lane, number)
    await live(lane, stepsOf(lane, people, tale))
    await lane.cards.world.webhooks.idle()
    const { differences } = await compareBooks(lane, tale)
    if (differences.length > 0) throw new Error(`Not even undisturbed: ${differences.join('; ')}`)
  }
  await lane.order({ tell: false, dieAt: null })
  return [...lane.told.values()]
}

/** Some points are passed only by a process that is new (it asks for a key), some only when two things coincide. */
const MOST_LIVES = 4

/** Lives through a tale whose process is killed at the point, and compares the books when all has come to its end. */
export async function dieAt(lane: Lane, people: People, point: Point, number: number): Promise<Outcome> {
  for (let lives = 0; ; lives += 1) {
    if (lives > 0) await lane.restart()
    await lane.order({ tell: false, dieAt: point.key })
    const tale = beginTale(lane, number + lives)
    try {
      const { deaths, recoveredMs } = await live(lane, stepsOf(lane, people, tale))
      await lane.cards.world.webhooks.idle()
      const verdict = await compareBooks(lane, tale)
      const died = deaths === 1
      const survived = died && verdict.differences.length === 0
      if (deaths === 0 && verdict.differences.length === 0 && lives + 1 < MOST_LIVES) continue
      return { point, died, recoveredMs, survived, ...verdict }
    } catch (error) {
      const verdict = await compareBooks(lane, tale)
      const differences = [String(error), ...verdict.differences]
      return { point, died: true, recoveredMs: 0, survived: false, ...verdict, differences }
    }
  }
}

/** `before/after what · in which flow · recovered in s · books agree` */
export function line({ point, died, recoveredMs, survived, differences }: Outcome): string {
  const recovered = died ? `recovered in ${(recoveredMs / 1000).toFixed(1)} s` : 'never reached'
  const books = differences.length === 0 ? 'books agree' : differences.join('; ')
  return `${survived ? '✓' : '✗'} ${point.place} ${point.what} · in ${point.flow} · ${recovered} · ${books}`
}

/** The last line of a run. */
export function summary(outcomes: Outcome[]): string {
  const survived = outcomes.filter((outcome) => outcome.survived).length
  const sum = (part: 'lost' | 'twice') => outcomes.reduce((total, outcome) => total + outcome[part], 0)
  return `${outcomes.length} points, ${survived} survived, ${sum('lost')} öre lost, ${sum('twice')} öre twice`
}
