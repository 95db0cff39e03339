import { z } from 'zod'
import type { Answer } from '../../base/answer.ts'
import type { Credit } from '../ports/koha.ts'
import { inFavour } from './account.ts'
import { nonsense } from './answers.ts'
import { ask, type Client } from './client.ts'
import { linesMentioning, mentions } from './reference-search.ts'

/** A credit as Koha writes it: its type is `credit_type` in an account line and `type` in the list of credits. */
export const creditShape = z.object({
  account_line_id: z.int(),
  amount: z.number(),
  amount_outstanding: z.number(),
  type: z.string().nullish(),
  credit_type: z.string().nullish(),
  description: z.string().nullish(),
  internal_note: z.string().nullish(),
  date: z.string().nullish(),
})

/** Returns undefined when the amounts cannot be counted. */
export function creditFrom(line: z.infer<typeof creditShape>): Credit | undefined {
  const amount = inFavour(line.amount)
  const unused = inFavour(line.amount_outstanding)
  if (amount === undefined || unused === undefined) return undefined
  return {
    id: line.account_line_id,
    type: line.type ?? line.credit_type ?? null,
    amount,
    unused,
    description: line.description ?? null,
    note: line.internal_note ?? null,
    date: line.date ?? null,
  }
}

/**
 * Returns the patron's credits, used up or not, whose description or note holds the reference as a word of its own.
 * Voided ones are among them: what staff have undone in Koha must not be booked anew by us.
 */
export async function creditsWithReference(
  client: Client,
  patronId: number,
  reference: string,
): Promise<Answer<Credit[]>> {
  const answer = await ask(
    client,
    { path: `/patrons/${patronId}/account/credits`, query: linesMentioning(reference) },
    z.array(creditShape),
  )
  if (!answer.ok) return answer
  const credits = answer.value.map(creditFrom)
  if (!credits.every((credit) => credit !== undefined))
    return nonsense('holds a credit that cannot be counted')
  return { ok: true, value: credits.filter((credit) => mentions(credit, reference)) }
}
