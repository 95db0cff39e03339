import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KohaForTests, startKoha } from './koha-for-tests.ts'

describe('what the debts are about', () => {
  let outside: KohaForTests
  beforeAll(async () => {
    outside = await startKoha()
  })
  afterAll(() => outside.stop())

  it('fetches title, author, barcode and home of several items in one question', async () => {
    const before = outside.world.requests.length
    const answer = await outside.koha.items([10_001, 10_002, 10_002])
    expect(answer).toMatchObject({
      ok: true,
      value: [
        { id: 10_001, title: '"><img src=x onerror=alert(1)>', barcode: '14000' },
        { id: 10_002, author: 'Strindberg, August', itemType: 'BOK', homeLibraryId: 'EKO' },
      ],
    })
    const asked = outside.world.requests.slice(before).filter(({ path }) => path === '/items')
    expect(asked).toHaveLength(1)
  })

  it('fetches 500 items in addresses that no web server refuses', async () => {
    const before = outside.world.requests.length
    const ids = Array.from({ length: 500 }, (_, at) => 10_001 + at)
    const answer = await outside.koha.items(ids)
    expect(answer.ok && answer.value.map(({ id }) => id)).toEqual(ids)
    const asked = outside.world.requests.slice(before).filter(({ path }) => path === '/items')
    expect(asked).toHaveLength(2)
    expect(Math.max(...asked.map(({ query }) => query.length))).toBeLessThan(4500)
  })

  it('answers without the items that Koha has deleted', async () => {
    outside.world.deleteItem(10_600)
    expect(await outside.koha.items([10_600, 10_601])).toMatchObject({ value: [{ id: 10_601 }] })
    expect(await outside.koha.items([10_600])).toEqual({ ok: true, value: [] })
  })

  it('asks nothing when there is nothing to ask', async () => {
    const before = outside.world.requests.length
    expect(await outside.koha.items([])).toEqual({ ok: true, value: [] })
    expect(outside.world.requests).toHaveLength(before)
  })

  it('tells trouble when one of two questions fails', async () => {
    outside.world.faults.add({ kind: '500-before', on: 'reads', times: 1 })
    const answer = await outside.koha.items(Array.from({ length: 500 }, (_, at) => 10_001 + at))
    expect(answer).toMatchObject({ ok: false, trouble: { kind: 'broken' } })
  })

  it('lists the libraries', async () => {
    expect(await outside.koha.libraries()).toEqual({
      ok: true,
      value: [
        { id: 'HUM', name: 'Humanistiska biblioteket' },
        { id: 'EKO', name: 'Ekonomiska biblioteket' },
      ],
    })
  })
})
