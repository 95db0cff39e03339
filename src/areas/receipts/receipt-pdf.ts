import PDFDocument from 'pdfkit'
import { locales } from '../../base/language.ts'
import type { Receipt } from './receipt.ts'
import { type Drawing, drawReceipt } from './receipt-drawing.ts'
import { receiptFonts } from './receipt-fonts.ts'
import { receiptWords } from './receipt-words.ts'

export interface PdfRequest {
  receipt: Receipt
  /** false leaves the streams readable, for tests. */
  compress?: boolean
}

/**
 * Returns the receipt as a PDF on A4: tagged for screen readers (headings, table, list), with title and language. It shows the
 * titles and barcodes that the receipt has: give it `withoutTitles(receipt)` for whatever leaves the house. It blocks its
 * thread while it draws: the service calls drawReceiptPdf.
 */
export function receiptPdf({ receipt, compress = true }: PdfRequest): Promise<Buffer> {
  const words = receiptWords[receipt.language]
  const regular = receiptFonts.regular() as unknown as string
  const bold = receiptFonts.bold() as unknown as string
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    compress,
    tagged: true,
    displayTitle: true,
    lang: locales[receipt.language],
    info: {
      Title: words.titleOf(receipt),
      Author: receipt.library,
      Creator: 'Kvitt',
      Producer: 'Kvitt',
      CreationDate: receipt.paidAt,
    },
    // None to begin with: pdfkit would compare it with those below at each change of font.
    font: null as never,
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
