import type PDFDocument from 'pdfkit'
import { formats } from '../../base/format.ts'
import type { Language } from '../../base/language.ts'
import { type Receipt, type ReceiptLine, refundsInWords } from './receipt.ts'
import { receiptWords } from './receipt-words.ts'

export type Drawing = InstanceType<typeof PDFDocument>

// A4 in points; the receipt keeps to one column, as a kvitto does.
const page = { left: 92, right: 503, top: 72, bottom: 786 }
const width = page.right - page.left
const amountWidth = 120
const ink = '#1b1c1e'
const grey = '#5b6067'
const rule = '#c9ced4'
const green = '#17724a'

type Words = (typeof receiptWords)[Language]
type Section = ReturnType<Drawing['struct']>

interface Sheet {
  document: Drawing
  receipt: Receipt
  words: Words
  root: Section
  /** Where the next thing goes, points from the top. */
  y: number
}

/** Draws the receipt on the document's page, and on more pages when it has many lines. */
export function drawReceipt(document: Drawing, receipt: Receipt): void {
  const root = document.struct('Document')
  document.addStructure(root)
  const sheet = { document, receipt, words: receiptWords[receipt.language], root, y: page.top }
  drawHead(sheet)
  drawSum(sheet)
  drawPerforation(sheet)
  drawLines(sheet)
  drawProofs(sheet)
  drawFoot(sheet)
  root.end()
}

interface Style {
  size: number
  font?: 'regular' | 'bold'
  colour?: string
  align?: 'left' | 'right'
  at?: number
  wide?: number
}

/** Writes one tagged piece of text at the sheet's place; returns its height. */
function write(sheet: Sheet, parent: Section, tag: string, text: string, style: Style): number {
  const { document } = sheet
  const { size, font = 'regular', colour = ink, align = 'left', at = page.left, wide = width } = style
  const options = { width: wide, align, lineGap: 1, features: ['tnum', 'kern'] as never }
  const content = text.normalize('NFC')
  const piece = document.struct(tag, {}, () => {
    document.font(font).fontSize(size).fillColor(colour).text(content, at, sheet.y, options)
  })
  parent.add(piece)
  piece.end()
  // Measured by writing it: to ask for the height first would be to set each text twice.
  return document.y - sheet.y
}

/** Lines and circles say nothing to a screen reader. */
function decorate({ document }: Sheet, draw: () => void): void {
  document.markContent('Artifact', { type: 'Layout' })
  document.save()
  draw()
  document.restore()
  document.endMarkedContent()
}

function makeRoom(sheet: Sheet, height: number): void {
  if (sheet.y + height <= page.bottom) return
  sheet.document.addPage()
  sheet.y = page.top
}

function drawHead(sheet: Sheet): void {
  const { receipt, words, root } = sheet
  const half = width / 2
  write(sheet, root, 'P', receipt.reference, {
    size: 11,
    font: 'bold',
    align: 'right',
    at: page.left + half,
    wide: half,
  })
  sheet.y += write(sheet, root, 'P', receipt.library, { size: 11, font: 'bold', wide: half })
  const issuer = `${receipt.university}, ${words.organisationNumber.toLowerCase()} ${receipt.organisationNumber}`
  sheet.y += write(sheet, root, 'P', issuer, { size: 9.5, colour: grey })
  if (receipt.address) sheet.y += write(sheet, root, 'P', receipt.address, { size: 9.5, colour: grey })
  sheet.y += 44
}

function drawSum(sheet: Sheet): void {
  const { document, receipt, words, root } = sheet
  const { language } = receipt
  sheet.y += write(sheet, root, 'H1', words.receipt, { size: 12, font: 'bold', colour: green })
  sheet.y += write(sheet, root, 'P', formats[language].kronor(receipt.total), { size: 38, font: 'bold' }) + 2
  const paid = `${words.paid} ${formats[language].moment(receipt.paidAt)} · ${receipt.method}`
  sheet.y += write(sheet, root, 'P', paid, { size: 11, colour: grey }) + 30
  const centre = { x: page.right - 24, y: sheet.y - 74 }
  decorate(sheet, () => {
    document.circle(centre.x, centre.y, 22).lineWidth(2.2).stroke(green)
    drawCheck(document, centre.x, centre.y, 1, green)
  })
}

function drawCheck(document: Drawing, x: number, y: number, scale: number, colour: string): void {
  document
    .moveTo(x - 9 * scale, y + 0.5 * scale)
    .lineTo(x - 2.5 * scale, y + 7 * scale)
    .lineTo(x + 9.5 * scale, y - 7 * scale)
    .lineWidth(Math.max(1.2, 3 * scale))
    .lineCap('round')
    .lineJoin('round')
    .stroke(colour)
}

/** The edge along which a paper receipt is torn off. */
function drawPerforation(sheet: Sheet): void {
  const { document, y } = sheet
  decorate(sheet, () => {
    document
      .moveTo(page.left, y)
      .lineTo(page.right, y)
      .lineWidth(1)
      .dash(2.5, { space: 3.5 })
      .lineCap('round')
      .stroke(rule)
  })
  sheet.y += 22
}

function drawLines(sheet: Sheet): void {
  const { document, receipt, words, root } = sheet
  const table = document.struct('Table')
  root.add(table)
  drawRow(sheet, table, 'TH', [words.fee, words.amount], { size: 9.5, colour: grey })
  for (const line of receipt.lines) drawLine(sheet, table, line)
  drawRule(sheet, 1)
  const total = [words.total, formats[receipt.language].kronor(receipt.total)] as const
  drawRow(sheet, table, 'TD', total, { size: 13, font: 'bold' })
  table.end()
  for (const text of refundsInWords(receipt)) {
    sheet.y += write(sheet, root, 'P', text, { size: 11 }) + 4
  }
  for (const category of receipt.vat) {
    sheet.y += write(sheet, root, 'P', words.vat[category], { size: 9.5, colour: grey })
  }
  sheet.y += 30
}

function drawLine(sheet: Sheet, table: Section, line: ReceiptLine): void {
  const { document, receipt, words } = sheet
  const about = [line.title, line.barcode && `${words.barcode} ${line.barcode}`].filter(
    (part) => part !== null,
  )
  document.font('regular').fontSize(9.5)
  const heights = about.map((text) => document.heightOfString(text, { width: width - amountWidth }))
  makeRoom(sheet, 40 + heights.reduce((total, height) => total + height, 0))
  drawRule(sheet, 0.5)
  const row = [line.name, formats[receipt.language].kronor(line.amount)] as const
  drawRow(sheet, table, 'TD', row, { size: 11 }, about)
}

function drawRow(
  sheet: Sheet,
  table: Section,
  tag: 'TH' | 'TD',
  [left, right]: readonly [string, string],
  style: Style,
  about: string[] = [],
): void {
  const { document } = sheet
  const row = document.struct('TR')
  table.add(row)
  const cell = document.struct(tag)
  row.add(cell)
  const amountAt = { ...style, align: 'right', at: page.right - amountWidth, wide: amountWidth } as const
  const top = sheet.y
  sheet.y += write(sheet, cell, 'P', left, { ...style, wide: width - amountWidth })
  for (const text of about) {
    sheet.y += write(sheet, cell, 'P', text, { size: 9.5, colour: grey, wide: width - amountWidth })
  }
  cell.end()
  const bottom = sheet.y
  sheet.y = top
  write(sheet, row, tag, right, amountAt)
  row.end()
  sheet.y = bottom + 8
}

function drawRule(sheet: Sheet, weight: number): void {
  const { document, y } = sheet
  decorate(sheet, () => {
    document
      .moveTo(page.left, y)
      .lineTo(page.right, y)
      .lineWidth(weight)
      .stroke(weight < 1 ? rule : ink)
  })
  sheet.y += 8
}

/** The three places in which the payment has arrived, or not yet. */
function drawProofs(sheet: Sheet): void {
  const { document, receipt, words, root } = sheet
  const proofs = [
    { done: words.takenProof, waits: words.takenProof, at: receipt.paidAt },
    { done: words.kohaProof, waits: words.kohaWaits, at: receipt.kohaRegisteredAt },
    { done: words.bookedProof, waits: words.bookedWaits, at: receipt.bookedAt },
  ]
  makeRoom(sheet, 120)
  sheet.y += write(sheet, root, 'H2', words.proofs, { size: 9.5, colour: grey }) + 8
  const list = document.struct('L')
  root.add(list)
  let before: number | undefined
  for (const { done, waits, at } of proofs) {
    const station = { x: page.left + 8, y: sheet.y + 7.5, before, reached: at !== null }
    decorate(sheet, () => drawStation(document, station))
    before = station.y
    const item = document.struct('LI')
    list.add(item)
    sheet.y += write(sheet, item, 'LBody', at ? done : waits, {
      size: 11,
      at: page.left + 26,
      wide: width - 26,
    })
    if (at) {
      const moment = formats[receipt.language].moment(at)
      sheet.y += write(sheet, item, 'LBody', moment, { size: 9.5, colour: grey, at: page.left + 26 })
    }
    item.end()
    sheet.y += 10
  }
  list.end()
  sheet.y += 6
}

interface Station {
  x: number
  y: number
  /** Where the station above it is. */
  before: number | undefined
  reached: boolean
}

function drawStation(document: Drawing, { x, y, before, reached }: Station): void {
  if (before !== undefined) {
    document
      .moveTo(x, before + 10)
      .lineTo(x, y - 10)
      .lineWidth(1)
      .stroke(rule)
  }
  document
    .circle(x, y, 7)
    .lineWidth(1.2)
    .stroke(reached ? green : rule)
  if (reached) drawCheck(document, x, y, 0.36, green)
}

function drawFoot(sheet: Sheet): void {
  const { receipt, words, root } = sheet
  const contact = [receipt.email, receipt.phone].filter((way) => way !== null).join(' · ')
  makeRoom(sheet, 30)
  sheet.y = Math.max(sheet.y, page.bottom - 16)
  write(sheet, root, 'P', `${words.questions}: ${contact}`, { size: 9.5, colour: grey })
}
