import { type SwitchName, switches } from '../../sandbox/switches/all-switches.ts'
import type { Dose, Switch } from '../../sandbox/switches/switch.ts'
import { formTo } from '../../sandbox/visitor/person.ts'
import { isQuiet } from './books.ts'
import type { City } from './city.ts'
import { clerk, headingOf } from './crowd.ts'

/** Turns a switch of the control panel on. */
export async function turnOn(city: City, name: SwitchName, dose?: Dose): Promise<void> {
  const one: Switch = switches[name]
  await one.turnOn(city, dose)
}

export async function turnOff(city: City, name: SwitchName): Promise<void> {
  const one: Switch = switches[name]
  await one.turnOff(city)
}

/** How many calls the faults that are on will still hit; those without a number count as none. */
function hitsLeft({ koha, cards }: City): number {
  const faults = [...koha.world.faults.active(), ...cards.world.faults.waiting()]
  return faults.reduce((sum, { times = 0 }) => sum + times, 0)
}

/** Turns it on for so many calls, lets it happen, and waits until it was met. Throws when nothing has met it. */
export async function meeting(
  city: City,
  name: SwitchName,
  dose: Dose,
  happening: () => Promise<unknown>,
): Promise<void> {
  const before = hitsLeft(city)
  await turnOn(city, name, dose)
  const wanted = hitsLeft(city)
  await happening()
  const one: Switch = switches[name]
  await until(() => !one.isOn(city) || hitsLeft(city) <= before, 2500)
  if (wanted > before && hitsLeft(city) === wanted) throw new Error('nothing has met the fault')
}

export const wait = (milliseconds: number) => new Promise<void>((later) => setTimeout(later, milliseconds))

/** Until it is so; false when it has not become so in time. */
export async function until(isSo: () => boolean | Promise<boolean>, milliseconds: number): Promise<boolean> {
  for (const begun = performance.now(); performance.now() - begun < milliseconds; ) {
    if (await isSo()) return true
    await wait(20)
  }
  return false
}

/** Until nothing of these payments is to be done any more; throws when that does not come. */
export async function untilQuiet(city: City, since: number, milliseconds = 20_000): Promise<void> {
  if (!(await until(() => isQuiet(city, since), milliseconds))) throw new Error('It does not become quiet')
}

/** The references of the payments made since, oldest first. */
export async function referencesSince(city: City, since: number): Promise<string[]> {
  const rows = await city.sql<{ reference: string }>(
    'select reference from payment where id > $1 order by id',
    [since],
  )
  return rows.map(({ reference }) => reference)
}

/** How many payments made since are in each state. */
export async function statesSince(city: City, since: number): Promise<Record<string, number>> {
  const rows = await city.sql<{ state: string; number: string }>(
    'select state, count(*) as number from payment where id > $1 group by state',
    [since],
  )
  return Object.fromEntries(rows.map(({ state, number }) => [state, Number(number)]))
}

/** Eva at the economy office gives money of these payments back, on their pages; all of it when no sum is given. */
export async function giveBack(city: City, references: string[], sum?: string): Promise<void> {
  const eva = await clerk(city)
  for (const reference of references) {
    const page = await eva.open(`${city.baseUrl}/economy/payments/${reference}`)
    const change = { reason: 'returned in good condition', ...(sum && { sum }) }
    const done = await eva.send(page, formTo(page, /\/refunds$/), change)
    if (!done.url.endsWith('?done=approved'))
      throw new Error(`${reference} was not refunded: ${done.status} ${headingOf(done)}`)
  }
}

/** The payment as the card company knows it. */
export function atCards(city: City, reference: string) {
  const payment = [...city.cards.world.payments.values()].find((one) => one.reference === reference)
  if (!payment) throw new Error(`The card company knows no ${reference}`)
  return payment
}
