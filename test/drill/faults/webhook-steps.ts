import { randomUUID } from 'node:crypto'
import type { City } from '../city.ts'
import type { Opened } from '../crowd.ts'

/** The card company's payment of a checkout page. */
export function paymentOf(city: City, { checkout }: Opened) {
  const { searchParams, pathname } = new URL(checkout.url)
  const id = searchParams.get('pid') ?? pathname.split('/').at(-1) ?? ''
  const payment = city.cards.world.payments.get(id)
  if (!payment) throw new Error(`The card company knows no ${id}`)
  return payment
}

/** Somebody who knows the secret tells of something that has not happened. */
export async function tellNets(city: City, opened: Opened, event: string): Promise<void> {
  const { id, targets } = paymentOf(city, opened)
  const [target] = targets
  if (!target) throw new Error('No address for webhooks was given')
  const told = { id: randomUUID().replaceAll('-', ''), event, data: { paymentId: id, chargeId: id } }
  const answer = await fetch(target.url, {
    method: 'POST',
    headers: { authorization: target.authorization },
    body: JSON.stringify(told),
  })
  if (answer.status !== 200) throw new Error(`${event} was answered ${answer.status}`)
}

/** The webhooks of these payments were all refused, with the same answer. */
export async function refusedAlike(city: City, since: number): Promise<string[]> {
  const rows = await city.sql<{ checkout_id: string }>('select checkout_id from payment where id > $1', [
    since,
  ])
  const ours = new Set(rows.map((row) => row.checkout_id))
  const answers = city.cards.world.webhooks.deliveries
    .filter(({ message }) => ours.has(message.paymentId))
    .flatMap(({ tries }) => tries.map(({ result }) => result))
  const wrong = answers.filter((answer) => answer !== '401' && answer !== '200')
  // New tries go out when the world behaves again: those are proved, and taken.
  const first = answers.filter((answer) => answer === '401').length
  return wrong.length === 0 && first >= rows.length ? [] : [`answers ${[...new Set(answers)].join(', ')}`]
}
