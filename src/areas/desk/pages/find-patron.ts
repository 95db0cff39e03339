import type { Patron } from '../../../outside/ports/koha.ts'
import type { Context, Uses } from '../../../work/context.ts'
import { isReference } from '../../payments/reference.ts'
import { readPayment } from '../../payments/store.ts'
import { isSamePatronValue } from '../../people/match-rule.ts'

/** What a clerk's scanner or keyboard led to. */
export type PatronSearch =
  | { kind: 'patron'; patronId: number; reference: string | null }
  | { kind: 'nobody' }
  | { kind: 'koha-silent' }

/** The longest that a card number or a reference can be; a scanner that reads noise types more. */
export const LONGEST = 64

/** Finds a patron by the reference of a payment or by card number, exact match only. */
export async function findPatron(context: Uses<'db' | 'koha' | 'log'>, typed: string): Promise<PatronSearch> {
  const reference = referenceIn(typed)
  const payment = reference === null ? undefined : await readPayment(context.db, reference)
  return payment
    ? { kind: 'patron', patronId: payment.patronId, reference }
    : findByCard(context, typed.replace(/\s/g, ''))
}

async function findByCard(
  { koha, log }: Pick<Context, 'koha' | 'log'>,
  value: string,
): Promise<PatronSearch> {
  const key = { by: 'cardnumber', value } as const
  const answer = await koha.findPatrons(key)
  if (!answer.ok) {
    log.warn(
      { event: 'patron-search.failed', trouble: answer.trouble },
      'could not search Koha for a card number',
    )
    return { kind: 'koha-silent' }
  }
  const [patron, ...more] = answer.value.filter((one: Patron) => isSamePatronValue(one, key))
  return patron && more.length === 0
    ? { kind: 'patron', patronId: patron.id, reference: null }
    : { kind: 'nobody' }
}

/**
 * Returns a reference as it is read aloud or typed: small letters, spaces, no hyphens. Null for what cannot be one.
 */
export function referenceIn(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const [prefix, body] = [letters.slice(0, -10), letters.slice(-10)]
  const reference = `${prefix}-${body.slice(0, 4)}-${body.slice(4, 8)}-${body.slice(8)}`
  return isReference(reference) ? reference : null
}
