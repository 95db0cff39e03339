import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ore } from '../../../src/base/money.ts'
import { elsasCredit, type KohaForTests, startKoha } from './koha-for-tests.ts'

describe('finding our own credits again', () => {
  let outside: KohaForTests
  beforeAll(async () => {
    outside = await startKoha()
    const { tables } = outside.world
    for (const reference of ['KV-7F3K', 'KV-7F3K-R', 'XKV-7F3K', 'KV-7F3K2']) {
      await outside.koha.postCredit(elsasCredit({ reference, amount: ore(100), debitIds: [101] }))
    }
    const edited = tables.linesByPatron.get(1)?.at(-4)
    if (edited) edited.note = 'Kontrollerad av Dana'
    const nyckel = outside.world.payAtDesk({ patronId: 1, debitIds: [101], amount: 1 })
    nyckel.note = 'se (kv-7f3k), betald vid disken'
  })
  afterAll(() => outside.stop())

  it('finds the reference as a word of its own, in the description or in the note', async () => {
    const found = await outside.koha.creditsWithReference(1, 'KV-7F3K')
    expect(found.ok && found.value.map(({ description, note }) => description ?? note)).toEqual([
      'KV-7F3K',
      'se (kv-7f3k), betald vid disken',
    ])
  })

  it('finds credits that are used up, with their amounts in positive öre', async () => {
    expect(await outside.koha.creditsWithReference(1, 'KV-7F3K-R')).toMatchObject({
      ok: true,
      value: [{ type: 'PAYMENT', amount: 100, unused: 0 }],
    })
  })

  it('finds one among more credits than a page of Koha holds', async () => {
    for (let at = 0; at < 60; at += 1) outside.world.payAtDesk({ patronId: 1, debitIds: [101], amount: 0.01 })
    for (const line of outside.world.creditsOf(1).slice(-60)) line.description = 'KV-MANY'
    const found = await outside.koha.creditsWithReference(1, 'KV-MANY')
    expect(found.ok && found.value).toHaveLength(60)
  })

  it('finds none of another patron, and none by a wildcard', async () => {
    expect(await outside.koha.creditsWithReference(15, 'KV-7F3K')).toEqual({ ok: true, value: [] })
    expect(await outside.koha.creditsWithReference(1, 'KV_7F3K')).toEqual({ ok: true, value: [] })
    expect(await outside.koha.creditsWithReference(1, 'KV-%')).toEqual({ ok: true, value: [] })
    expect(await outside.koha.creditsWithReference(1, 'KV.7F3K')).toEqual({ ok: true, value: [] })
  })

  it('refuses to look for nothing, which every credit holds', async () => {
    await expect(outside.koha.creditsWithReference(1, ' ')).rejects.toThrow(RangeError)
  })
})
