import type { Answer } from '../../base/answer.ts'
import type { Item, Koha, Library } from '../ports/koha.ts'

/** Names of libraries change with the years, what an item is with the months. What is owed is never remembered. */
const LIBRARIES_SECONDS = 600
const ITEMS_SECONDS = 300
const MOST_ITEMS = 20_000

interface Remembered<T> {
  value: T
  until: number
}

/**
 * Returns the same Koha, asked less often about libraries and items. Accounts, patrons and credits always go through.
 * An item that Koha no longer has is asked for again each time.
 */
export function remembered(koha: Koha, now: () => number): Koha {
  const items = new Map<number, Remembered<Item>>()
  let libraries: Remembered<Library[]> | undefined

  return {
    ...koha,
    libraries: async () => {
      if (libraries && libraries.until > now()) return { ok: true, value: libraries.value }
      const answer = await koha.libraries()
      if (answer.ok) libraries = { value: answer.value, until: now() + LIBRARIES_SECONDS * 1000 }
      return answer
    },
    items: async (ids): Promise<Answer<Item[]>> => {
      const known = ids.flatMap((id) => fresh(items.get(id), now()))
      const missing = ids.filter((id) => !known.some((item) => item.id === id))
      if (missing.length === 0) return { ok: true, value: known }
      const answer = await koha.items(missing)
      if (!answer.ok) return answer
      if (items.size + answer.value.length > MOST_ITEMS) items.clear()
      for (const item of answer.value)
        items.set(item.id, { value: item, until: now() + ITEMS_SECONDS * 1000 })
      return { ok: true, value: [...known, ...answer.value] }
    },
  }
}

function fresh(entry: Remembered<Item> | undefined, now: number): Item[] {
  return entry && entry.until > now ? [entry.value] : []
}
