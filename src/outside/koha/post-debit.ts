import { kronorFromOre } from '../../base/money.ts'
import type { BookingOutcome, ChargedDebit, NewDebit } from '../ports/koha.ts'
import { bookingOutcome } from './booking-outcome.ts'
import type { Client } from './client.ts'
import { chargedFrom, chargedShape } from './debits.ts'

/**
 * Charges a patron, so that what was refunded is owed again. As with credits Koha has no idempotency key and may answer
 * 500 after it has booked (Koha/REST/V1/Patrons/Account.pm, add_debit), so the caller looks before it repeats.
 * Throws before anything is sent when there is no amount: that would be our own mistake.
 */
export async function postDebit(client: Client, debit: NewDebit): Promise<BookingOutcome<ChargedDebit>> {
  if (debit.amount <= 0) throw new RangeError(`A debit of ${debit.amount} öre`)
  const reply = await client.post(`/patrons/${debit.patronId}/account/debits`, bodyOf(debit))
  return bookingOutcome(reply, chargedShape, chargedFrom, debit.amount)
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
