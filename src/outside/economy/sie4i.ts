import { CURRENCY, decimalText, nothing, type Ore, sum } from '../../base/money.ts'
import type { BatchHeading, CodeValue, VoucherPart, VoucherRow } from '../ports/economy.ts'
import type { FileWriter, WritableFormat } from './file-writer.ts'
import { pc8Bytes, pc8Text } from './pc8.ts'

/**
 * SIE 4I, vouchers for import (SIE filformat 4B, 2008-09-30, chapters 5 to 11). CP437 with CR LF. No #RAR: which
 * financial year a date belongs to is the importer's business. No voucher numbers: the importer gives them.
 */
export const sie4i: WritableFormat = {
  name: 'sie4i',
  title: 'SIE 4I',
  contentType: 'application/octet-stream',
  encoding: 'CP437, CR LF',
  begin: writerOf,
}

const SIGN = 'Kvitt'

/** What the lines before the vouchers say of all vouchers; so they are written last. */
interface Used {
  vouchers: number
  rows: number
  debit: Ore
  /** Account and its name. */
  accounts: Map<string, string>
  /** By what they are in the file. */
  objects: Map<string, CodeValue>
  /** Names and codes, in the order in which they came. */
  texts: Set<string>
}

function writerOf(heading: BatchHeading): FileWriter {
  const used: Used = {
    vouchers: 0,
    rows: 0,
    debit: nothing,
    accounts: new Map(),
    objects: new Map(),
    texts: new Set([heading.company.name, ...heading.codeParts.map(({ part }) => part)]),
  }
  const pieces: Buffer[] = []
  return {
    add(part) {
      if (part.begins && used.vouchers > 0) pieces.push(asBytes(['}']))
      pieces.push(asBytes(part.begins ? [...voucher(part, heading), ...rowsOf(part)] : rowsOf(part)))
      note(used, part)
    },
    end() {
      const unwritable = [...used.texts].flatMap(unwritableName)
      if (unwritable.length > 0) return { ok: false, unwritable }
      const head = asBytes([...headingLines(heading, used), ...names(heading, used)])
      const last = asBytes(used.vouchers > 0 ? ['}'] : [])
      return { ok: true, extension: '.si', content: Buffer.concat([head, ...pieces, last]) }
    },
  }
}

function note(used: Used, { begins, rows }: VoucherPart): void {
  if (begins) used.vouchers += 1
  used.rows += rows.length
  used.debit = sum([used.debit, ...rows.map(({ amount }) => amount).filter((amount) => amount > 0)])
  for (const { account, accountName, code } of rows) {
    used.accounts.set(account, accountName)
    used.texts.add(accountName)
    for (const value of code) {
      used.objects.set(objectOf(value), value)
      used.texts.add(value.value)
    }
  }
}

function asBytes(lines: string[]): Buffer {
  return pc8Bytes(lines.map((line) => `${line}\r\n`).join(''))
}

function headingLines({ version, madeOn, series, number, company }: BatchHeading, used: Used): string[] {
  const debit = decimalText(used.debit)
  const totals = `${used.vouchers} verifikationer, ${used.rows} rader, debet ${debit} = kredit ${debit}`
  return [
    '#FLAGGA 0',
    `#PROGRAM ${field('Kvitt')} ${field(version)}`,
    '#FORMAT PC8',
    `#GEN ${date(madeOn)} ${field(SIGN)}`,
    '#SIETYP 4',
    `#PROSA ${field(`Journal ${series} ${number}: ${totals}`)}`,
    `#ORGNR ${company.organisationNumber}`,
    `#FNAMN ${field(company.name)}`,
    `#VALUTA ${CURRENCY}`,
  ]
}

/** Every account, dimension and object that is used: an importer may drop what it does not know. */
function names({ codeParts }: BatchHeading, { accounts, objects }: Used): string[] {
  return [
    ...[...accounts].sort(byKey).map(([account, name]) => `#KONTO ${account} ${field(name)}`),
    ...[...codeParts]
      .sort((a, b) => a.sieDimension - b.sieDimension)
      .map(({ sieDimension, part }) => `#DIM ${sieDimension} ${field(part)}`),
    ...[...objects.values()]
      .sort((a, b) => a.sieDimension - b.sieDimension || a.value.localeCompare(b.value))
      .map(({ sieDimension, value }) => `#OBJEKT ${sieDimension} ${field(value)} ${field(value)}`),
  ]
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a.localeCompare(b)
}

function voucher({ date: day, text }: VoucherPart, { series, madeOn }: BatchHeading): string[] {
  return [`#VER ${field(series)} "" ${date(day)} ${field(text)} ${date(madeOn)} ${field(SIGN)}`, '{']
}

function rowsOf({ date: day, rows }: VoucherPart): string[] {
  return rows.map((row) => transaction(row, day))
}

function transaction({ account, code, amount, text }: VoucherRow, day: string): string {
  return `   #TRANS ${account} {${code.map(objectOf).join(' ')}} ${decimalText(amount)} ${date(day)} ${field(text)}`
}

function objectOf({ sieDimension, value }: CodeValue): string {
  return `"${sieDimension}" ${field(value)}`
}

function date(day: string): string {
  return day.replaceAll('-', '')
}

/** Quoted; a quote inside is written \" and nothing else can be escaped, so a backslash becomes a slash. */
function field(text: string): string {
  return `"${pc8Text(text).text.replaceAll('\\', '/').replaceAll('"', '\\"')}"`
}

/**
 * Names and codes must arrive as they are, and can be mended in the configuration. A row's own text cannot: it is told
 * letter by letter, so that one odd letter does not keep money out of the books.
 */
function unwritableName(text: string): string[] {
  const { missing } = pc8Text(text)
  return missing.length > 0 ? [`"${text}" has ${missing.join(' ')}, which SIE (CP437) cannot hold`] : []
}
