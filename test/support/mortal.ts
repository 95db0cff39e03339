import type { Database, Tx } from '../../src/database/database.ts'
import type { Context } from '../../src/work/context.ts'

/** The process died here. Everything that it tries afterwards fails in the same way. */
export class Death extends Error {}

export interface Mortal {
  context: Context
  /** How many points there have been at which it could die: before and after each statement, commit and outside call. */
  points(): number
  /** How often it has been refused to live on. */
  refused(): number
  /** What it was doing at the point where it died. */
  lastWords(): string
}

/**
 * A context that dies at its nth point, counted over statements, commits and calls to neighbours: found by counting, not
 * by a hand-kept list. What had reached the database or a neighbour stays; what had not never happens.
 */
export function mortal(context: Context, dieAt: number): Mortal {
  let points = 0
  let dead = false
  let lastWords = ''
  let refused = 0

  const point = (words: string) => {
    points += 1
    if (points === dieAt) {
      dead = true
      lastWords = words
    }
    if (!dead) return
    refused += 1
    throw new Death(words)
  }
  const around = async <T>(words: string, act: () => Promise<T>): Promise<T> => {
    point(`before ${words}`)
    const result = await act()
    point(`after ${words}`)
    return result
  }
  const asMortal = <Port extends object>(port: Port, name: string): Port =>
    new Proxy(port, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key)
        if (typeof value !== 'function') return value
        return (...parameters: unknown[]) => {
          // Some of a port's functions answer at once (reading a webhook): there is nothing to die between.
          if (key === 'readWebhook') return value.apply(target, parameters)
          return around(`${name}.${String(key)}`, () => value.apply(target, parameters) as Promise<unknown>)
        }
      },
    })
  const { db, koha, mailer, providers } = context
  const provider = (name: string) => {
    const found = providers.named(name)
    return found && asMortal(found, name)
  }
  return {
    points: () => points,
    refused: () => refused,
    lastWords: () => lastWords,
    context: {
      ...context,
      db: mortalDatabase(db, around),
      koha: asMortal(koha, 'koha'),
      mailer: asMortal(mailer, 'mail'),
      providers: {
        all: providers.all,
        current: asMortal(providers.current, providers.current.name),
        named: provider,
      },
    },
  }
}

type Around = <T>(words: string, act: () => Promise<T>) => Promise<T>

function mortalDatabase(db: Database, around: Around): Database {
  const firstWords = (text: string) => text.trim().split(/\s+/).slice(0, 4).join(' ')
  return {
    ...db,
    query: (text, values) => around(firstWords(text), () => db.query(text, values)),
    transaction: (work) =>
      around('commit', () =>
        db.transaction((tx: Tx) =>
          work({
            inTransaction: true,
            query: (text, values) => around(firstWords(text), () => tx.query(text, values)),
          }),
        ),
      ),
  }
}
