import { describe, expect, it } from 'vitest'
import { filesIn, linesWith, type SourceFile, withoutComments } from './source.ts'

/** What a library in another country would change, and the one file where it stands. */
const places: [what: string, home: string, pattern: RegExp][] = [
  [
    'the list of languages',
    'src/base/language.ts',
    /(['"])(?:sv|en)\1\s*[|,]\s*(['"])(?:sv|en)\2|[!=]==?\s*(['"])(?:sv|en)\3/,
  ],
  ['the currency', 'src/base/money.ts', /\bSEK\b/],
  ['the sign of the currency', 'src/base/money.ts', /(?<!\p{L})kr(?!\p{L})/u],
  ['the time zone', 'src/base/calendar.ts', /\bEurope\/\w/],
]

const sources = [
  ...filesIn(['src'], ['.ts']).map(withoutComments),
  ...filesIn(['views'], ['.ejs']),
  ...filesIn(['public'], ['.js']),
]

describe('in one place', () => {
  it.each(places)('stands %s', (_, home, pattern) => {
    const [own, others] = [sources.filter(isHome), sources.filter((file) => !isHome(file))]
    expect(own.flatMap((file) => linesWith(file, pattern))).not.toEqual([])
    expect(others.flatMap((file) => linesWith(file, pattern))).toEqual([])

    function isHome({ path }: SourceFile): boolean {
      return path === home
    }
  })

  it.each([
    ["language: 'sv' | 'en'", 0],
    ["(['sv', 'en'] as const)", 0],
    ["language === 'sv' ? 'Kort' : 'Card'", 0],
    ["currency: 'SEK'", 1],
    ['`10.00 kr`', 2],
    ["timeZone: 'Europe/Oslo'", 3],
  ])('cannot stand %s elsewhere', (text, index) => {
    expect(text).toMatch(places[index]?.[2] ?? /^$/)
  })
})
