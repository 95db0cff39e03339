import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { pc8Bytes, pc8Text } from '../../../src/outside/economy/pc8.ts'

/** Every letter that Unicode may hold, a surrogate on its own among them. */
const everyLetter = Array.from({ length: 0x110000 }, (_, point) => String.fromCodePoint(point))

/** iconv's own word on whether CP437 can write a letter, asked for it alone. */
function fits(letter: string): boolean {
  const bytes = iconv.encode(letter, 'cp437')
  return bytes.length === 1 && (bytes[0] ?? 0) >= 32 && iconv.decode(bytes, 'cp437') === letter
}

describe('the letters of a SIE file', () => {
  it('are those that CP437 has, byte for byte as iconv has them', () => {
    const asTheyAre = everyLetter.filter((letter) => pc8Text(letter).text === letter)
    const known = everyLetter.slice(0, 0x10000).filter(fits)
    // Byte 255 is a hard space, which is written as a plain one; 127 is a control.
    expect(asTheyAre).toEqual(known.filter((letter) => letter !== '\u00a0' && letter !== '\u007f'))
    expect(asTheyAre).toHaveLength(222)
    for (const letter of asTheyAre) expect(pc8Bytes(letter)).toEqual(iconv.encode(letter, 'cp437'))
  })

  it('whatever is written can be read back, and nothing becomes a question mark in silence', () => {
    const texts = everyLetter.map((letter) => pc8Text(letter).text)
    const all = texts.join('')
    expect(iconv.decode(pc8Bytes(all), 'cp437')).toBe(all)
    expect(
      everyLetter.filter((letter, i) => texts[i]?.includes('?') && !/[?¿‽⁇⁈⁉︖﹖？]/.test(letter)),
    ).toEqual([])
    expect(all).not.toMatch(/\p{Control}/u)
  })
})
