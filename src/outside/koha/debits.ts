import { z } from 'zod'
import type { Answer } from '../../base/answer.ts'
import { oreFromKronor } from '../../base/money.ts'
import type { ChargedDebit } from '../ports/koha.ts'
import { nonsense } from './answers.ts'
import { ask, type Client } from './client.ts'
import { linesMentioning, mentions } from './reference-search.ts'

/** A debit as Koha's list of debits and its answer to a new one show it. */
export const chargedShape = z.object({
  account_line_id: z.int(),
  amount: z.number(),
  description: z.string().nullish(),
  internal_note: z.string().nullish(),
})

/** Returns undefined when the amount cannot be counted. */
export function chargedFrom(line: z.infer<typeof chargedShape>): ChargedDebit | undefined {
  const amount = oreFromKronor(line.amount)
  if (amount === undefined || amount < 0) return undefined
  return {
    id: line.account_line_id,
    amount,
    description: line.description ?? null,
    note: line.internal_note ?? null,
  }
}

/** Returns the patron's debits, paid or not, whose description or note holds the reference as a word of its own. */
export async function debitsWithReference(
  client: Client,
  patronId: number,
  reference: string,
): Promise<Answer<ChargedDebit[]>> {
  const question = { path: `/patrons/${patronId}/account/debits`, query: linesMentioning(reference) }
  const answer = await ask(client, question, z.array(chargedShape))
  if (!answer.ok) return answer
  const debits = answer.value.map(chargedFrom)
  if (!debits.every((debit) => debit !== undefined)) return nonsense('holds a debit that cannot be counted')
  return { ok: true, value: debits.filter((debit) => mentions(debit, reference)) }
}
