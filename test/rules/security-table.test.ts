import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { securityTable, withTable } from '../../docs/list-security-tests.ts'

/**
 * The last requirement of level 1 or 2 in each section of ASVS 5.0.0. In every section those of level 3 come after it;
 * sections that are not here have no others.
 */
const lastOfLevelTwo: Record<string, number[]> = {
  V1: [2, 9, 11, 3, 2],
  V2: [3, 3, 4, 1],
  V3: [0, 2, 4, 6, 5, 0, 2],
  V4: [3, 1, 2, 4],
  V5: [1, 3, 2, 3],
  V6: [3, 12, 4, 4, 5, 3, 0, 4],
  V7: [3, 4, 2, 5, 2, 2],
  V8: [2, 3, 1, 1],
  V9: [3, 4],
  V10: [2, 2, 4, 11, 5, 2, 3],
  V11: [2, 3, 3, 4, 1, 1, 0],
  V12: [3, 2, 4],
  V13: [1, 5, 2, 5],
  V14: [2, 4, 3],
  V15: [3, 3, 7, 0],
  V16: [1, 5, 4, 3, 3],
  V17: [1, 4, 2],
}
const asked = Object.entries(lastOfLevelTwo).flatMap(([chapter, sections]) =>
  sections.flatMap((last, section) =>
    Array.from({ length: last }, (_, item) => `${chapter}.${section + 1}.${item + 1}`),
  ),
)

/** What a cell names: `V4.1.3`, `V2.1.1–3`, a section `V4.3`, sections `V10.2–7`, a chapter `V17`. */
function named(cell: string): string[] {
  return [...cell.matchAll(/(V\d+)(?:\.(\d+))?(?:\.(\d+))?(?:–(\d+))?/g)].flatMap(
    ([whole, chapter = '', section, item, last]) => {
      if (!section) return asked.filter((number) => number.startsWith(`${chapter}.`))
      const [from, above] = item ? [item, `${chapter}.${section}.`] : [section, `${chapter}.`]
      const count = Number(last ?? from) - Number(from) + 1
      const each = Array.from({ length: count }, (_, more) => `${above}${Number(from) + more}`)
      const found = item ? each : asked.filter((number) => each.some((one) => number.startsWith(`${one}.`)))
      return found.length > 0 ? found : [whole]
    },
  )
}

describe('docs/security.md', () => {
  const text = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8')
  const cellsOf = (part: string) =>
    [...part.matchAll(/^\| (V[^|]+)\|/gm)].flatMap(([, cell]) => named(cell ?? ''))
  const tried = cellsOf(securityTable())
  const told = cellsOf(text.split('<!-- end -->')[1] ?? '')

  it('lists the tests that there are: node docs/list-security-tests.ts', () => {
    expect(text).toBe(withTable(text))
    expect(text).toContain(securityTable())
  })

  it('says of every requirement of levels 1 and 2 where it is kept, or that it is not', () => {
    expect(asked).toHaveLength(253)
    expect(asked.filter((number) => !tried.includes(number) && !told.includes(number))).toEqual([])
  })

  it('says it once, and of nothing that the standard does not have', () => {
    expect(told.filter((number, at) => told.indexOf(number) !== at)).toEqual([])
    expect(told.filter((number) => !asked.includes(number))).toEqual([])
  })

  it('knows which are of level 3', () => {
    const marked = [...securityTable().matchAll(/^\| (V[\d.]+) +\| (\d)/gm)]
    expect(marked.map(([, number = '']) => number)).toEqual(tried)
    for (const [, number = '', level] of marked)
      expect([number, level === '3']).toEqual([number, !asked.includes(number)])
  })
})
