import { describe, expect, it } from 'vitest'
import { cast } from '../../../sandbox/koha/cast.ts'
import { createWorld } from '../../../sandbox/koha/world.ts'

describe("the demo's cast", () => {
  const world = createWorld({ seed: cast, faults: [], now: () => new Date('2026-09-18T12:00:00Z') })

  it.each([
    ['elsa', 886],
    ['amir', 0],
    ['ingrid', 30],
    ['bengt', 1860],
    ['priya', 120],
    ['asa', 75.5],
    ['lars', 0],
    ['karin', 1320],
    ['pelle', 5],
    ['siv', 0],
    ['nova', 60],
    ['tove', 110],
    ['viggo', 95],
  ])('%s owes %d kr', (userid, kronor) => {
    expect(world.owes(world.patron(userid).id)).toBe(kronor)
  })

  it('has 42 debts of Gun in all five libraries, and two cards of Omar that his name alone finds neither of', () => {
    const gun = world.debitsOf(world.patron('gun').id)
    expect(gun).toHaveLength(42)
    expect(new Set(gun.map(({ libraryId }) => libraryId)).size).toBe(5)
    const omar = cast.patrons.filter(({ firstname }) => firstname === 'Omar')
    expect(new Set(omar.map(({ email }) => email)).size).toBe(1)
    expect(omar.map(({ userid }) => userid)).not.toContain('omar')
    expect(cast.patrons.some(({ firstname }) => firstname === 'Frida')).toBe(false)
  })

  it('holds together: every number that it refers to exists, and every key is unique', () => {
    const patrons = new Set(cast.patrons.map(({ id }) => id))
    const items = new Set(cast.items.map(({ id }) => id))
    const libraries = new Set(cast.libraries.map(({ id }) => id))
    const lines = [...cast.debits, ...cast.credits]
    expect(lines.filter(({ patronId }) => !patrons.has(patronId))).toEqual([])
    expect(lines.filter(({ itemId }) => itemId !== undefined && !items.has(itemId))).toEqual([])
    expect(lines.filter(({ libraryId }) => libraryId !== null && !libraries.has(libraryId))).toEqual([])
    expect(cast.items.filter(({ homeLibraryId }) => !libraries.has(homeLibraryId))).toEqual([])
    expect(patrons.size).toBe(cast.patrons.length)
    expect(items.size).toBe(cast.items.length)
    expect(new Set(cast.patrons.map(({ userid }) => userid)).size).toBe(cast.patrons.length)
    expect(new Set(cast.items.map(({ barcode }) => barcode)).size).toBe(cast.items.length)
  })

  it('dates its debts back from today', () => {
    const [lost] = world.debitsOf(world.patron('elsa').id)
    expect(lost?.date).toBe('2026-09-06T14:00:00+02:00')
    expect(world.patron('viggo').expiresOn).toBe('2026-08-09')
  })
})
