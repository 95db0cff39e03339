import { z } from 'zod'
import type { Answer } from '../../base/answer.ts'
import type { Library } from '../ports/koha.ts'
import { ask, type Client } from './client.ts'

const libraryShape = z.object({ library_id: z.string().min(1), name: z.string() })

/** Returns all of Koha's libraries: code and name. */
export async function libraries(client: Client): Promise<Answer<Library[]>> {
  const question = { path: '/libraries', query: { _match: 'exact', _per_page: '-1' } }
  const answer = await ask(client, question, z.array(libraryShape))
  if (!answer.ok) return answer
  return { ok: true, value: answer.value.map(({ library_id, name }) => ({ id: library_id, name })) }
}
