import { z } from 'zod'
import type { Answer } from '../../base/answer.ts'
import { negate, type Ore, oreFromKronor, sum } from '../../base/money.ts'
import type { Account, Debit } from '../ports/koha.ts'
import { nonsense } from './answers.ts'
import { ask, type Client } from './client.ts'

const debitShape = z.object({
  account_line_id: z.int(),
  amount: z.number(),
  amount_outstanding: z.number(),
  debit_type: z.string(),
  status: z.string().nullish(),
  description: z.string().nullish(),
  date: z.string().nullish(),
  item_id: z.int().nullish(),
  library_id: z.string().nullish(),
})

const accountShape = z.object({
  outstanding_debits: z.object({ lines: z.array(debitShape) }),
  outstanding_credits: z.object({ lines: z.array(z.object({ amount_outstanding: z.number() })) }),
})

/**
 * Returns what the patron owes now, and the unused credit, in positive öre. Koha sends kronor as binary floats,
 * debits positive and credits negative (Koha/Account.pm). An amount that cannot be counted is trouble: a debt left
 * out would look paid.
 */
export async function account(client: Client, patronId: number): Promise<Answer<Account>> {
  const answer = await ask(client, { path: `/patrons/${patronId}/account` }, accountShape)
  if (!answer.ok) return answer
  const { outstanding_debits, outstanding_credits } = answer.value

  const debits = outstanding_debits.lines.map(debitFrom)
  if (!debits.every((debit) => debit !== undefined)) return nonsense('holds a debit that cannot be counted')
  const unused = outstanding_credits.lines.map((line) => inFavour(line.amount_outstanding))
  if (!unused.every((amount) => amount !== undefined))
    return nonsense('holds a credit that cannot be counted')

  // Paying 10.00 of 10.004 leaves 0.004 outstanding in Koha: nothing that anybody can pay.
  const owed = debits.filter((debit) => debit.outstanding > 0)
  return { ok: true, value: { debits: owed, unusedCredit: sum(unused) } }
}

/**
 * Returns Koha's negative kronor of a credit as positive öre; undefined when uncountable or in the library's favour.
 */
export function inFavour(kronor: number): Ore | undefined {
  const amount = oreFromKronor(kronor)
  return amount !== undefined && amount <= 0 ? negate(amount) : undefined
}

function debitFrom(line: z.infer<typeof debitShape>): Debit | undefined {
  const amount = oreFromKronor(line.amount)
  const outstanding = oreFromKronor(line.amount_outstanding)
  if (amount === undefined || outstanding === undefined || amount < 0 || outstanding < 0) return undefined
  return {
    id: line.account_line_id,
    type: line.debit_type,
    status: line.status ?? null,
    amount,
    outstanding,
    description: line.description ?? null,
    date: line.date ?? null,
    itemId: line.item_id ?? null,
    libraryId: line.library_id ?? null,
  }
}
