import { z } from 'zod'
import type { Answer } from '../../base/answer.ts'
import type { Patron, PatronKey } from '../ports/koha.ts'
import { accept, isAbsent, nonsense } from './answers.ts'
import { ask, type Client, type Question } from './client.ts'

const patronShape = z.object({
  patron_id: z.int(),
  cardnumber: z.string().nullish(),
  userid: z.string().nullish(),
  firstname: z.string().nullish(),
  preferred_name: z.string().nullish(),
  surname: z.string().nullish(),
  email: z.string().nullish(),
  lang: z.string().nullish(),
  library_id: z.string(),
  category_id: z.string(),
  restricted: z.boolean().nullish(),
  expiry_date: z.string().nullish(),
  extended_attributes: z.array(z.object({ type: z.string(), value: z.string().nullish() })).optional(),
})

type KohaPatron = z.infer<typeof patronShape>

/** Two are already too many for any caller; the number only keeps the answer small. */
const MOST_HITS = '50'

/**
 * Returns all patrons that Koha finds for the key, by exact match. Koha's `=` ignores case and accents
 * (utf8mb4_unicode_ci), so the caller compares again; an attribute, which `Patron` does not hold, is compared here. A
 * blank value finds nobody.
 */
export async function findPatrons(client: Client, key: PatronKey): Promise<Answer<Patron[]>> {
  if (key.value.trim() === '') return { ok: true, value: [] }
  const found = await ask(client, searchFor(key), z.array(patronShape))
  if (!found.ok) return found
  if (key.by !== 'attribute') return { ok: true, value: unique(found.value).map(patronFrom) }
  if (found.value.some((patron) => !patron.extended_attributes)) return nonsense('lacks extended attributes')
  return { ok: true, value: unique(found.value).filter(hasIdentifier(key)).map(patronFrom) }
}

/** Returns the patron by Koha's number, undefined when there is none. */
export async function patron(client: Client, id: number): Promise<Answer<Patron | undefined>> {
  const reply = await client.get({ path: `/patrons/${id}` })
  if (isAbsent(reply)) return { ok: true, value: undefined }
  const answer = accept(reply, patronShape)
  if (!answer.ok) return answer
  if (answer.value.patron_id !== id) return nonsense('is about another patron')
  return { ok: true, value: patronFrom(answer.value) }
}

// Without _match=exact Koha looks for values that contain ours (Koha/REST/Plugin/Query.pm).
function searchFor(key: PatronKey): Question {
  const query = { _match: 'exact', _per_page: MOST_HITS }
  if (key.by !== 'attribute') return { path: '/patrons', query: { ...query, [key.by]: key.value } }
  const q = { 'extended_attributes.type': key.type, 'extended_attributes.value': key.value }
  return { path: '/patrons', query: { ...query, q: JSON.stringify(q) }, embed: 'extended_attributes' }
}

function hasIdentifier({ type, value }: { type: string; value: string }): (patron: KohaPatron) => boolean {
  const wanted = value.normalize('NFC')
  return ({ extended_attributes = [] }) =>
    extended_attributes.some((held) => held.type === type && held.value?.normalize('NFC') === wanted)
}

/** A join on attributes may list the same patron twice. */
function unique(patrons: KohaPatron[]): KohaPatron[] {
  return [...new Map(patrons.map((patron) => [patron.patron_id, patron])).values()]
}

function patronFrom(patron: KohaPatron): Patron {
  return {
    id: patron.patron_id,
    cardNumber: patron.cardnumber ?? null,
    userId: patron.userid ?? null,
    // Since 24.11 Koha knows by what name a person wants to be called.
    firstName: patron.preferred_name || patron.firstname || null,
    surname: patron.surname ?? null,
    email: patron.email || null,
    language: patron.lang ?? null,
    libraryId: patron.library_id,
    categoryId: patron.category_id,
    restricted: patron.restricted ?? false,
    expiresOn: patron.expiry_date ?? null,
  }
}
