import { stringify } from 'csv-stringify/sync'
import { decimalText, type Ore } from './money.ts'

/**
 * What a spreadsheet would take for a formula, in full-width letters too. A cell that begins so gets an apostrophe, which
 * spreadsheets show as text (OWASP, CSV injection).
 */
const FORMULA = /^[=+\-@\0\t\r\n\uff1d\uff0b\uff0d\uff20]/

type Row = (string | Cell | null)[]

const FORM = { delimiter: ';', record_delimiter: 'windows' } as const

/**
 * Returns a table as Excel in Sweden opens it by double click: semicolons, UTF-8 with a byte order mark, CRLF. Texts from
 * outside are kept from being formulas; sums come through `kronorCell`, which is no text from outside.
 */
export function csvFile(header: string[], rows: Row[]): Buffer {
  return Buffer.from(stringify([header, ...rows.map(cells)], { ...FORM, bom: true }), 'utf8')
}

/** Returns more rows for the end of such a file. */
export function csvRows(rows: Row[]): Buffer {
  return Buffer.from(stringify(rows.map(cells), FORM), 'utf8')
}

function cells(row: Row): string[] {
  return row.map((cell) => (isCell(cell) ? cell.cell : guarded(cell ?? '')))
}

/** A cell that is written as it is. */
interface Cell {
  cell: string
}

/** Öre as a number for spreadsheets: decimal comma, two decimals, no thousands mark. */
export function kronorCell(amount: Ore): Cell {
  return { cell: decimalText(amount).replace('.', ',') }
}

function isCell(cell: string | Cell | null): cell is Cell {
  return typeof cell === 'object' && cell !== null
}

function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}
