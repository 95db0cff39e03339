import { afterEach, beforeEach, expect, it } from 'vitest'
import { startTown, type Town } from '../../support/town.ts'

let town: Town
beforeEach(async () => {
  town = await startTown()
})
afterEach(() => town.stop())

/** References, by when they are tried next. */
async function plan(): Promise<{ reference: string; tries: number; nextTry: Date }[]> {
  return town.context.db.query(
    `select reference, tries, next_try_at as "nextTry" from write_back join payment on payment.id = payment_id
     where write_back.state = 'waiting' order by payment_id`,
  )
}

it("puts Elsa's later payments off with the one that they must wait for, and then credits them in order", async () => {
  const { id: patronId } = town.koha.world.patron('elsa')
  const [first, second] = town.koha.world.debitsOf(patronId).filter(({ outstanding }) => outstanding > 0)
  const references = [
    await town.started('elsa', [first?.id ?? 0]),
    await town.started('elsa', [second?.id ?? 0]),
  ]
  await town.koha.goDown()
  for (const reference of references) town.payByCard(reference)
  await town.passTime(600)

  const [head, follower] = await plan()
  expect(head?.tries).toBeGreaterThan(3)
  expect(follower?.tries).toBe(0)
  expect(follower?.nextTry).toEqual(head?.nextTry)

  await town.koha.comeUp()
  await town.passTime(1800)
  expect(await plan()).toEqual([])
  const credits = town.koha.world.creditsOf(patronId)
  const [one, other] = references.map((reference) =>
    credits.find(({ description }) => description?.includes(reference)),
  )
  expect(one?.id).toBeLessThan(other?.id ?? 0)
})
