import { z } from 'zod'
import type { Answer } from '../../base/answer.ts'
import type { Item } from '../ports/koha.ts'
import { ask, type Client } from './client.ts'

const itemShape = z.object({
  item_id: z.int(),
  external_id: z.string().nullish(),
  item_type_id: z.string().nullish(),
  effective_item_type_id: z.string().nullish(),
  home_library_id: z.string().nullish(),
  biblio: z.object({ title: z.string().nullish(), author: z.string().nullish() }).nullish(),
})

/** 300 ids of ten digits make an address of 4 kB; web servers commonly refuse from 8 kB. */
const MOST_IN_ONE_ADDRESS = 300

/**
 * Barcode, title and author of the items, in one question (two or more from 301 ids). Koha's single-item route offers no
 * title, and a question per debt would be slow. Items that Koha has deleted are missing from the answer.
 */
export async function items(client: Client, ids: number[]): Promise<Answer<Item[]>> {
  const wanted = [...new Set(ids)]
  const answers = await Promise.all(inPortions(wanted).map((portion) => itemsOf(client, portion)))
  const found: Item[] = []
  for (const answer of answers) {
    if (!answer.ok) return answer
    found.push(...answer.value)
  }
  return { ok: true, value: found }
}

function inPortions(ids: number[]): number[][] {
  const count = Math.ceil(ids.length / MOST_IN_ONE_ADDRESS)
  return Array.from({ length: count }, (_, at) =>
    ids.slice(at * MOST_IN_ONE_ADDRESS, (at + 1) * MOST_IN_ONE_ADDRESS),
  )
}

async function itemsOf(client: Client, ids: number[]): Promise<Answer<Item[]>> {
  const query = { q: JSON.stringify({ item_id: ids }), _match: 'exact', _per_page: '-1' }
  const answer = await ask(client, { path: '/items', query, embed: 'biblio' }, z.array(itemShape))
  return answer.ok ? { ok: true, value: answer.value.map(itemFrom) } : answer
}

function itemFrom(item: z.infer<typeof itemShape>): Item {
  return {
    id: item.item_id,
    barcode: item.external_id || null,
    title: item.biblio?.title || null,
    author: item.biblio?.author || null,
    itemType: item.effective_item_type_id ?? item.item_type_id ?? null,
    homeLibraryId: item.home_library_id ?? null,
  }
}
