import { describe, expect, it } from 'vitest'
import { filesIn, withoutComments } from './source.ts'

const stores = filesIn(['src'], ['store.ts']).map(withoutComments)

/** The tables that a text writes to. */
function written(text: string): string[] {
  const writes =
    /\b(?:insert into|update|delete from)\s+(?:only\s+)?([a-z_]+)(?=\s+(?:\(|set\b|where\b|select\b|as\b|[a-z]+\s+set\b)|['`;]|\s*$)/gim
  return [...text.matchAll(writes)].map(([, table = '']) => table)
}

/** Which rooms write to each table. */
function writersByTable(): Map<string, string[]> {
  const writers = new Map<string, Set<string>>()
  for (const { path, text } of stores) {
    const [, room = path] = /^src\/(areas\/[a-z-]+|[a-z-]+)\//.exec(path) ?? []
    for (const table of written(text)) writers.set(table, (writers.get(table) ?? new Set()).add(room))
  }
  return new Map([...writers].map(([table, rooms]) => [table, [...rooms].sort()]))
}

describe('a table', () => {
  const writers = writersByTable()

  it('is found with its writers', () => {
    expect(writers.get('posting')).toEqual(['areas/ledger'])
    expect(writers.get('payment')).toContain('areas/payments')
    expect(writers.size).toBeGreaterThan(15)
  })

  it('has one area that writes it', () => {
    const shared = [...writers].filter(([, rooms]) => rooms.length > 1)
    expect(shared).toEqual([])
  })

  it('would be seen with a second writer', () => {
    expect(written('update payment set a = 1')).toEqual(['payment'])
    expect(written('insert into refund (a) values (1)')).toEqual(['refund'])
    expect(written("delete from notice where 'x'")).toEqual(['notice'])
    expect(written('select 1 from payment for update skip locked')).toEqual([])
  })
})
