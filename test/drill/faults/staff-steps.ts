import { refund, refundable } from '../../../sandbox/cards/acts.ts'
import { formTo } from '../../../sandbox/visitor/person.ts'
import type { City } from '../city.ts'
import { clerk } from '../crowd.ts'
import { atCards, until } from '../steps.ts'

/** Until the payment stands on the list of parked work. */
async function untilParked(city: City, reference: string): Promise<void> {
  const isParked = async () => {
    const [row] = await city.sql<{ parked: string | null }>(
      'select parked from payment where reference = $1',
      [reference],
    )
    return row?.parked !== null
  }
  if (!(await until(isParked, 10_000))) throw new Error(`${reference} was not parked`)
}

/**
 * Eva finds a parked payment on her list, gives the money back in the company's own pages, and resolves it: without a
 * reason she may not.
 */
export async function resolveByHand(city: City, reference: string): Promise<void> {
  await untilParked(city, reference)
  const eva = await clerk(city)
  const list = await eva.open(`${city.baseUrl}/economy/parked`)
  if (!list.text.includes(reference)) throw new Error(`${reference} is not on the list`)
  giveBackInThePortal(city, reference)
  const page = await eva.open(`${city.baseUrl}/economy/payments/${reference}`)
  const form = formTo(page, /\/resolve$/)
  const refused = await eva.send(page, form, { how: 'by-hand', reason: '' })
  if (refused.status !== 422) throw new Error(`resolved without a reason: ${refused.status}`)
  const done = await eva.send(page, form, { how: 'by-hand', reason: 'given back in the portal' })
  if (!done.url.endsWith('?done=resolved')) throw new Error(`not resolved: ${done.status}`)
  const [entry] = await city.sql<{ why: string; by: string }>(
    `select facts->>'why' as why, by from payment_event join payment on payment.id = payment_id
     where reference = $1 and what = 'resolved-by-hand'`,
    [reference],
  )
  if (!entry?.why.includes('given back in the portal') || !entry.by.startsWith('eva'))
    throw new Error('the reason is no entry')
}

/** As a merchant does behind the back of the product. */
export function giveBackInThePortal(city: City, reference: string, amount?: number): void {
  const payment = atCards(city, reference)
  const chargeId = payment.charges[0]?.id ?? ''
  refund(city.cards.world, payment, { chargeId, amount: amount ?? refundable(payment), reference: null })
}
