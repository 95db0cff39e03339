import iconv from 'iconv-lite'

const CODE_PAGE = 'cp437'

/** What CP437 lacks and has a customary way of writing. iconv-lite would turn each of these into a silent "?". */
const substitutes: Record<string, string> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '’': "'",
  '‘': "'",
  '´': "'",
  '”': '"',
  '“': '"',
  '„': '"',
  '…': '...',
  '€': 'EUR',
  '§': 'par.',
  '¤': '',
  '×': 'x',
  '\u00a0': ' ',
  '\u202f': ' ',
  ø: 'ö',
  Ø: 'Ö',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  œ: 'oe',
  Œ: 'OE',
}

/** The glyphs of CP437 below 32 are control codes in a file, and so is 127. */
const printable = Buffer.from(
  Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte >= 32 && byte !== 127),
)

/** What CP437 writes as it is, each with its own byte. */
const ownLetters = new Set(iconv.decode(printable, CODE_PAGE))

/** A letter and how it is written, for the letters that nearly all texts are made of: a batch holds millions. */
const ready = new Map([
  ...[...ownLetters].map((letter) => [letter, letter] as const),
  ...Object.entries(substitutes),
])

export interface Pc8Text {
  text: string
  /** Letters that CP437 has no way of writing. In the text they stand as [U+7F70]: told, not lost. */
  missing: string[]
}

/** Returns a text with only what CP437 can write, and no control characters (SIE 4B, 5.7). */
export function pc8Text(text: string): Pc8Text {
  const missing: string[] = []
  const letters = [...text.normalize('NFC')].map((letter) => {
    const written = pc8Letter(letter)
    if (written === undefined) missing.push(letter)
    return written ?? `[U+${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`
  })
  return { text: letters.join(''), missing }
}

function pc8Letter(letter: string): string | undefined {
  const written = ready.get(letter)
  if (written !== undefined) return written
  if (isControl(letter)) return ' '
  const bare = letter.normalize('NFKD').replace(/\p{Mark}/gu, '')
  return bare !== '' && [...bare].every((part) => ownLetters.has(part)) ? bare : undefined
}

function isControl(letter: string): boolean {
  return /\p{Control}/u.test(letter)
}

/** Returns the bytes of a text that pc8Text has been over. */
export function pc8Bytes(text: string): Buffer {
  return iconv.encode(text, CODE_PAGE)
}
