import { kronorFromOre } from '../../money.ts'
import type { DebitOutcome, NewDebit } from '../ports/koha.ts'
import { accept, troubleOf } from './answers.ts'
import type { Client } from './client.ts'
import { chargedFrom, chargedShape } from './debits.ts'
import type { Reply } from './exchange.ts'
import { isRefusal } from './post-credit.ts'

/**
 * Charges a patron, so that what was refunded is owed again. As with credits Koha has no idempotency key and may answer
 * 500 after it has booked (Koha/REST/V1/Patrons/Account.pm, add_debit), so the caller looks before it repeats.
 * Throws before anything is sent when there is no amount: that would be our own mistake.
 */
export async function postDebit(client: Client, debit: NewDebit): Promise<DebitOutcome> {
  if (debit.amount <= 0) throw new RangeError(`A debit of ${debit.amount} öre`)
  const reply = await client.post(`/patrons/${debit.patronId}/account/debits`, bodyOf(debit))
  if (reply.kind === 'not-sent') return { kind: 'not-sent', trouble: reply.trouble }
  if (isRefusal(reply)) return { kind: 'refused', trouble: troubleOf(reply) }
  return outcomeOf(reply, debit)
}

function bodyOf({ amount, type, libraryId, itemId, reference, note }: NewDebit): object {
  return {
    amount: kronorFromOre(amount),
    type,
    library_id: libraryId,
    ...(itemId !== null && { item_id: itemId }),
    description: reference,
    internal_note: `${reference} ${note}`.trim(),
  }
}

function outcomeOf(reply: Reply, asked: NewDebit): DebitOutcome {
  const answer = accept(reply, chargedShape)
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  const booked = chargedFrom(answer.value)
  if (booked?.amount === asked.amount) return { kind: 'booked', debit: booked }
  return {
    kind: 'unknown',
    trouble: { kind: 'nonsense', message: 'Koha answers with a debit of another amount' },
  }
}
