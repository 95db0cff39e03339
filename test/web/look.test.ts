import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAssets } from '../../src/web/assets.ts'
import { contrast, lightened } from '../../src/web/contrast.ts'
import { paper, type ThemeName, themeCss, themeFaults, themes } from '../../src/web/theme.ts'

const names = Object.keys(themes) as ThemeName[]
const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

describe('contrast', () => {
  it('is what WCAG says', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21)
    expect(contrast('#ffffff', '#ffffff')).toBe(1)
    // The example that everybody uses: the lightest grey that passes on white.
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
    expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5)
  })

  it('is the same both ways, and reached by every lightened colour', () => {
    fc.assert(fc.property(colour, colour, (one, other) => contrast(one, other) === contrast(other, one)))
    fc.assert(fc.property(colour, (one) => contrast(lightened(one, paper.dark, 7), paper.dark) >= 7))
  })
})

describe('a theme', () => {
  it.each(names)('%s can be read, on paper and on the desk', (theme) => {
    expect(themeFaults({ library: { theme } })).toEqual([])
    expect(themeCss({ library: { theme } })).toContain(themes[theme].accent)
  })

  it("takes the university's colour, and refuses one that cannot be read", () => {
    const library = { theme: 'neutral' as const, accentColour: '#9C6114' }
    expect(themeFaults({ library })).toEqual([])
    expect(themeCss({ library })).toContain('--accent:#9c6114')
    expect(themeFaults({ library: { ...library, accentColour: '#ffcc00' } })).toEqual([
      expect.stringContaining('library.accentColour: #ffcc00'),
    ])
  })

  it('leaves no configured colour unread in the dark', () => {
    fc.assert(
      fc.property(colour, (accentColour) => {
        const css = themeCss({ library: { theme: 'neutral', accentColour } })
        const [, inDark = ''] = /dark\)\{:root\{--accent:(#[0-9a-f]{6})/.exec(css) ?? []
        return contrast(inDark, paper.dark) >= 4.5 && contrast(inDark, '#10211f') >= 4.5
      }),
    )
  })
})

describe('what a page loads', () => {
  const read = (file: string) => readFileSync(new URL(`../../public/${file}`, import.meta.url))

  it('is less than 10 kB of styles and script, as it travels', () => {
    const theme = Buffer.from(themeCss({ library: { theme: 'demo' } }))
    const travels = [read('kvitt.css'), read('kvitt.js'), theme].reduce(
      (sum, file) => sum + gzipSync(file).length,
      0,
    )
    expect(travels).toBeLessThan(10_000)
  })

  it('has an address that changes with its content', () => {
    const [one, other] = ['a{}', 'b{}'].map((css) => createAssets({ 'theme.css': css }))
    expect(one?.address('theme.css')).not.toBe(other?.address('theme.css'))
    expect(one?.address('kvitt.css')).toBe(other?.address('kvitt.css'))
    expect(() => one?.address('nothing.css')).toThrow('nothing.css')
  })
})
