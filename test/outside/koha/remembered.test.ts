import { describe, expect, it } from 'vitest'
import { remembered } from '../../../src/outside/koha/remembered.ts'
import type { Item, Koha } from '../../../src/outside/ports/koha.ts'

const item = (id: number): Item => ({
  id,
  barcode: String(id),
  title: null,
  author: null,
  itemType: 'BOK',
  homeLibraryId: 'HUM',
})

/** A Koha that counts what it is asked; only what these stories need. */
function countingKoha(): { koha: Koha; asked: unknown[]; silent: boolean } {
  const state = { asked: [] as unknown[], silent: false, koha: {} as Koha }
  const silence = { ok: false, trouble: { kind: 'timeout', message: 'silent' } } as const
  state.koha = {
    libraries: async () => {
      state.asked.push('libraries')
      return state.silent ? silence : { ok: true, value: [{ id: 'HUM', name: 'Humanistiska' }] }
    },
    items: async (ids: number[]) => {
      state.asked.push(ids)
      return state.silent ? silence : { ok: true, value: ids.filter((id) => id < 100).map(item) }
    },
  } as unknown as Koha
  return state
}

describe('what is remembered of Koha', () => {
  it('asks for each item once in five minutes, and only for those that are missing', async () => {
    let now = 0
    const world = countingKoha()
    const koha = remembered(world.koha, () => now)
    await koha.items([1, 2])
    expect(await koha.items([2, 3])).toEqual({ ok: true, value: [item(2), item(3)] })
    expect(world.asked).toEqual([[1, 2], [3]])
    now = 301_000
    await koha.items([1])
    expect(world.asked.at(-1)).toEqual([1])
  })

  it('asks again for an item that Koha does not have, and remembers no silence', async () => {
    const world = countingKoha()
    const koha = remembered(world.koha, () => 0)
    expect(await koha.items([500])).toEqual({ ok: true, value: [] })
    await koha.items([500])
    world.silent = true
    expect(await koha.items([7])).toMatchObject({ ok: false })
    expect(await koha.libraries()).toMatchObject({ ok: false })
    world.silent = false
    expect(await koha.items([7])).toMatchObject({ ok: true })
    expect(await koha.libraries()).toMatchObject({ ok: true })
    await koha.libraries()
    expect(world.asked).toEqual([[500], [500], [7], 'libraries', [7], 'libraries'])
  })
})
