import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import type { Receipt } from './receipt.ts'
import { type Drawing, drawReceipt } from './receipt-drawing.ts'
import { receiptWords } from './receipt-words.ts'

// A whole font, not a Latin subset: pdfkit's own Helvetica writes "č" as "Ò" without a word, and names have such letters.
const require = createRequire(import.meta.url)
const fontFile = (weight: string) =>
  readFileSync(require.resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`))
const regular = fontFile('400Regular')
const bold = fontFile('600SemiBold')

export interface PdfOptions {
  /** false leaves the streams readable, for tests. */
  compress?: boolean
}

/**
 * The receipt as a PDF on A4: tagged for screen readers (headings, table, list), with title and language. It shows the
 * titles and barcodes that the receipt has: give it `withoutTitles(receipt)` for whatever leaves the house.
 */
export function receiptPdf(receipt: Receipt, { compress = true }: PdfOptions = {}): Promise<Buffer> {
  const words = receiptWords[receipt.language]
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    compress,
    tagged: true,
    displayTitle: true,
    lang: receipt.language === 'sv' ? 'sv-SE' : 'en-GB',
    info: {
      Title: words.titleOf(receipt.reference),
      Author: receipt.library,
      Creator: 'Kvitt',
      Producer: 'Kvitt',
      CreationDate: receipt.paidAt,
    },
    font: regular as unknown as string,
  })
  document.registerFont('regular', regular)
  document.registerFont('bold', bold)
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    document.on('data', (part: Buffer) => parts.push(part))
    document.on('end', () => resolve(Buffer.concat(parts)))
    document.on('error', reject)
    drawReceipt(document as Drawing, receipt)
    document.end()
  })
}
