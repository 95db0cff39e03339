import { kronorFromOre } from '../../base/money.ts'
import type { BookingOutcome, Credit, NewCredit } from '../ports/koha.ts'
import { bookingOutcome } from './booking-outcome.ts'
import type { Client } from './client.ts'
import { creditFrom, creditShape } from './credits.ts'

/**
 * Books a PAYMENT for exactly the given debits. Koha spills what the named debits do not need onto the patron's other
 * debts, and takes an empty list for "all" (Koha/REST/V1/Patrons/Account.pm), so the caller reads the account just before
 * and sends what is outstanding.
 * Throws before anything is sent when no debit or no amount is given: both would be our own mistake.
 */
export async function postCredit(client: Client, credit: NewCredit): Promise<BookingOutcome<Credit>> {
  if (credit.debitIds.length === 0) throw new RangeError('A credit without debits would pay everything')
  if (credit.amount <= 0) throw new RangeError(`A credit of ${credit.amount} öre`)
  const reply = await client.post(`/patrons/${credit.patronId}/account/credits`, bodyOf(credit))
  return bookingOutcome(reply, creditShape, creditFrom, credit.amount)
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
