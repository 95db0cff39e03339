/** Letters and digits that are not taken for each other, read aloud or by eye: no I, L, O, U, 0, 1. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A payment's reference from 16 random bytes: "KV-7F3K-9Q2M-4T". Ten letters of thirty (49 bits) cannot be guessed by
 * trying and can be read over the telephone. It holds no % and no _, which Koha's searches would take as wildcards.
 */
export function referenceFrom(prefix: string, random: Uint8Array): string {
  const letters = [...random].filter((byte) => byte < 240).map((byte) => ALPHABET.charAt(byte % 30))
  if (letters.length < 10) throw new RangeError('A reference wants more random bytes')
  const [a, b, c] = [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8, 10)].map((part) =>
    part.join(''),
  )
  return `${prefix}-${a}-${b}-${c}`
}

/** Whether a text has the form of a reference, as it stands in an address. */
export function isReference(text: string): boolean {
  return /^[A-Z]{1,6}-[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{2}$/.test(text)
}
