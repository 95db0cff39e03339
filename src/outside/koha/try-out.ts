import { z } from 'zod'
import type { Answer } from '../../base/answer.ts'
import { isAbsent, troubleOf } from './answers.ts'
import { ask, type Client } from './client.ts'
import { libraries } from './libraries.ts'

/**
 * Tries the key and every permission that Kvitt needs, without reading anybody: Koha checks permissions before it
 * looks for the patron, so patron 0, whom nobody is, tells them all. What booking needs is part of what reading an
 * account needs (updatecharges:remaining_permissions).
 */
export async function tryOut(client: Client, defaultLibrary?: string): Promise<Answer<string>> {
  const known = await libraries(client)
  if (!known.ok) return known

  const nobody = { patron_id: '0', _match: 'exact', _per_page: '1' }
  const patrons = await ask(client, { path: '/patrons', query: nobody }, z.array(z.unknown()))
  if (!patrons.ok) return patrons

  const account = await client.get({ path: '/patrons/0/account' })
  if (!isAbsent(account)) return { ok: false, trouble: troubleOf(account) }

  const codes = known.value.map(({ id }) => id)
  if (defaultLibrary !== undefined && !codes.includes(defaultLibrary)) {
    const message = `Koha has no library "${defaultLibrary}"; it has ${codes.slice(0, 20).join(', ')}`
    return { ok: false, trouble: { kind: 'refused', message } }
  }
  return {
    ok: true,
    value: `Koha answers; ${codes.length} libraries; the key may read accounts and book credits`,
  }
}
