import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf } from './contract-faults.ts'
import { type KohaForTests, startKoha } from './koha-for-tests.ts'

let world: KohaForTests

beforeAll(async () => {
  world = await startKoha()
})
afterAll(() => world?.stop())

const nobody = { ok: true, value: undefined }

describe('card and password', () => {
  it('name the patron', async () => {
    expect(await world.koha.validatePassword('2140000001', 'hemligt')).toEqual({ ok: true, value: 1 })
  })

  it.each([
    ['a wrong password', '2140000001', 'fel'],
    ['a wrong card', '2140009999', 'hemligt'],
    ['nothing', '', ''],
    // Koha looks for a user id first, and the catalogue takes it; a card is a card.
    ["a user id in the card's place", 'elsa', 'hemligt'],
  ])('name nobody: %s', async (_what, card, password) => {
    expect(await world.koha.validatePassword(card, password)).toEqual(nobody)
  })

  it('are no answer when Koha is silent or the key may not ask', async () => {
    world.world.faults.add({ kind: '500-before', on: 'all', times: 1 })
    expect(await world.koha.validatePassword('2140000001', 'hemligt')).toMatchObject({ ok: false })
    world.world.permissions.delete('borrowers')
    expect(await world.koha.validatePassword('2140000001', 'hemligt')).toMatchObject({
      ok: false,
      trouble: { kind: 'forbidden' },
    })
    world.world.permissions.add('borrowers')
  })

  it("keep to Koha's contract on both sides", () => {
    const calls = world.exchanged.filter(({ path, status }) => path.endsWith('/validation') && status < 500)
    expect(calls.length).toBeGreaterThan(3)
    expect(calls.flatMap(faultsOf)).toEqual([])
  })
})
