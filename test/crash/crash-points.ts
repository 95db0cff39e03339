import { type Books, compareBooks } from './books.ts'
import type { Lane } from './lane.ts'
import { live } from './lives.ts'
import type { Order } from './mortal-process.ts'
import { beginTale, type People, stepsOf } from './story.ts'
import type { Point } from './where.ts'

/** What became of one point. */
export interface Outcome extends Books {
  point: Point
  /** False when no life came past it: then nothing has been shown. */
  gone: boolean
  recoveredMs: number
  survived: boolean
}

/** Lives through two tales undisturbed, in a fresh process, and answers every point that they came past. */
export async function findPoints(lane: Lane, people: People): Promise<Point[]> {
  await lane.order({ tell: true, goneAt: null, signal: 'SIGKILL' })
  for (const number of [0, 1]) {
    const tale = beginTale(lane, number)
    await live(lane, stepsOf(lane, people, tale))
    await lane.cards.world.webhooks.idle()
    const { differences } = await compareBooks(lane, tale)
    if (differences.length > 0) throw new Error(`Not even undisturbed: ${differences.join('; ')}`)
  }
  await lane.order({ tell: false, goneAt: null, signal: 'SIGKILL' })
  return [...lane.told.values()]
}

/** Some points are passed only by a process that is new (it asks for a key), some only when two things coincide. */
const MOST_LIVES = 4

/**
 * Lives through a tale whose process is killed at the point, or stopped there past all its leases and let go again when
 * everything has been done without it; then compares the books.
 */
export async function goAt(
  lane: Lane,
  people: People,
  point: Point,
  number: number,
  signal: Order['signal'] = 'SIGKILL',
): Promise<Outcome> {
  for (let lives = 0; ; lives += 1) {
    if (lives > 0) await lane.restart()
    await lane.order({ tell: false, goneAt: point.key, signal })
    const tale = beginTale(lane, number + lives)
    const troubles: string[] = []
    const life = await live(lane, stepsOf(lane, people, tale)).catch((error: Error) => {
      troubles.push(error.message)
      return { gone: 0, recoveredMs: 0 }
    })
    if (signal === 'SIGSTOP' && life.gone > 0) await lane.letLateGo()
    await lane.cards.world.webhooks.idle()
    const books = await compareBooks(lane, tale)
    const differences = [...troubles, ...books.differences]
    if (life.gone === 0 && differences.length === 0 && lives + 1 < MOST_LIVES) continue
    const survived = life.gone === 1 && differences.length === 0
    return { point, gone: life.gone > 0, recoveredMs: life.recoveredMs, survived, ...books, differences }
  }
}

/** `before/after what · in which flow · recovered in s · books agree` */
export function line({ point, gone, recoveredMs, survived, differences }: Outcome): string {
  const recovered = gone ? `recovered in ${(recoveredMs / 1000).toFixed(1)} s` : 'not passed again'
  const books = differences.length === 0 ? 'books agree' : differences.join('; ')
  return `${survived ? '✓' : '✗'} ${point.place} ${point.what} · in ${point.flow} · ${recovered} · ${books}`
}

/** Points that are passed only when two things coincide may not come again; more than these few would be a fault. */
const MOST_NOT_PASSED = 4

/** Whether every point that was passed was survived, and hardly any was not passed. */
export function isWhole(outcomes: Outcome[]): boolean {
  const notPassed = outcomes.filter(({ gone, differences }) => !gone && differences.length === 0)
  const survived = outcomes.filter((outcome) => outcome.survived)
  return (
    survived.length > 0 &&
    survived.length + notPassed.length === outcomes.length &&
    notPassed.length <= MOST_NOT_PASSED
  )
}

/** The last line of a run. */
export function summary(outcomes: Outcome[]): string {
  const survived = outcomes.filter((outcome) => outcome.survived).length
  const sum = (part: 'lost' | 'twice') => outcomes.reduce((total, outcome) => total + outcome[part], 0)
  return `${outcomes.length} points, ${survived} survived, ${sum('lost')} öre lost, ${sum('twice')} öre twice`
}
