import { kronorFromOre } from '../../money.ts'
import type { CreditOutcome, NewCredit } from '../ports/koha.ts'
import { accept, isKohaError, troubleOf } from './answers.ts'
import type { Client } from './client.ts'
import { creditFrom, creditShape } from './credits.ts'
import type { Reply } from './exchange.ts'

/**
 * Books a PAYMENT for exactly the given debits. Koha answers an exception with 500 even after the credit is committed,
 * spills what the named debits do not need onto the patron's other debts, and takes an empty list for "all"
 * (Koha/REST/V1/Patrons/Account.pm), so the caller reads the account just before and sends what is outstanding.
 * Throws before anything is sent when no debit or no amount is given: both would be our own mistake.
 */
export async function postCredit(client: Client, credit: NewCredit): Promise<CreditOutcome> {
  if (credit.debitIds.length === 0) throw new RangeError('A credit without debits would pay everything')
  if (credit.amount <= 0) throw new RangeError(`A credit of ${credit.amount} öre`)
  const reply = await client.post(`/patrons/${credit.patronId}/account/credits`, bodyOf(credit))
  if (reply.kind === 'not-sent') return { kind: 'not-sent', trouble: reply.trouble }
  if (isRefusal(reply)) return { kind: 'refused', trouble: troubleOf(reply) }
  return outcomeOf(reply, credit)
}

function bodyOf({ amount, debitIds, libraryId, paymentType, reference, note }: NewCredit): object {
  return {
    amount: kronorFromOre(amount),
    credit_type: 'PAYMENT',
    account_lines_ids: debitIds,
    library_id: libraryId,
    payment_type: paymentType,
    // In both: since 25.05 staff may edit the note, and the description is what the patron sees.
    description: reference,
    note: `${reference} ${note}`.trim(),
  }
}

/**
 * Answers that Koha gives before it books anything: the key (401), the permission (403), the shape (400) and the
 * patron (404) are checked first; 409 is its word for a conflict that it has not resolved. Only in Koha's own shape: a
 * proxy's page with the same number says nothing about what Koha did behind it.
 */
const REFUSALS = [400, 401, 403, 404, 409]

/** Whether Koha itself has refused before it booked anything. */
export function isRefusal(reply: Reply): boolean {
  return reply.kind === 'answered' && REFUSALS.includes(reply.status) && isKohaError(reply.json)
}

function outcomeOf(reply: Reply, asked: NewCredit): CreditOutcome {
  const answer = accept(reply, creditShape)
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  const booked = creditFrom(answer.value)
  if (booked?.amount === asked.amount) return { kind: 'booked', credit: booked }
  return {
    kind: 'unknown',
    trouble: { kind: 'nonsense', message: 'Koha answers with a credit of another amount' },
  }
}
