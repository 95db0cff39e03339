import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'

// A whole font, not a Latin subset: pdfkit's own Helvetica writes "č" as "Ò" without a word, and names have such letters.
const require = createRequire(import.meta.url)
const fontFile = (weight: string) =>
  readFileSync(require.resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`))

/** What pdfkit uses of a font that fontkit has read. */
interface Font {
  characterSet: number[]
  glyphForCodePoint(codePoint: number): object
  layout(text: string, features?: string[]): Run
}

/** A text as glyphs and places, in the font's own units; pdfkit scales the places where they stand. */
interface Run {
  glyphs: object[]
  positions: Place[]
  advanceWidth: number
}

interface Place {
  xAdvance: number
  yAdvance: number
  xOffset: number
  yOffset: number
}

/** Words whose shapes are remembered. The words of the form recur in each receipt; names and sums come and go. */
const MOST_WORDS = 2000

/**
 * The receipt's fonts, read once: reading them anew for each receipt was two thirds of its cost, and shaping the same
 * words again most of the rest.
 */
export const receiptFonts = { regular: readOnce('400Regular'), bold: readOnce('600SemiBold') }

function readOnce(weight: string): () => Font {
  let font: Font | undefined
  return () => {
    font ??= remembering(parse(fontFile(weight)))
    return font
  }
}

/** pdfkit reads the file with its own fontkit, and takes what it has read as a font again. */
function parse(file: Buffer): Font {
  const document = new PDFDocument({ font: file as unknown as string }) as unknown as {
    _font: { font: Font }
  }
  return document._font.font
}

function remembering(font: Font): Font {
  const shape = font.layout.bind(font)
  const runs = new Map<string, Run>()
  // A glyph remembers the letter that it was first met for, and what copies the text out goes by that: each must first be
  // met as itself, the common one of two doubles before the rare one, and not as a part of another ("e" in "é").
  for (const point of font.characterSet.toSorted((a, b) => a - b))
    if (!isLigature(point)) font.glyphForCodePoint(point)
  font.layout = (text, features = []) => {
    const key = `${features.join()} ${text}`
    const run = runs.get(key) ?? shape(text, features)
    // Put last again: what was not asked for longest goes first.
    runs.delete(key)
    runs.set(key, run)
    const [oldest] = runs.keys()
    if (runs.size > MOST_WORDS && oldest !== undefined) runs.delete(oldest)
    return copyOf(run)
  }
  return font
}

/** "ﬀ" as one character: the font makes the same shape of two, and two it should be when it is copied. */
function isLigature(point: number): boolean {
  return [...String.fromCodePoint(point).normalize('NFKC')].length > 1
}

function copyOf({ glyphs, positions }: Run): Run {
  const places = positions.map(({ xAdvance, yAdvance, xOffset, yOffset }) => ({
    xAdvance,
    yAdvance,
    xOffset,
    yOffset,
  }))
  return {
    glyphs,
    positions: places,
    // Asked for after scaling.
    get advanceWidth() {
      return places.reduce((sum, place) => sum + place.xAdvance, 0)
    },
  }
}
