import { CURRENCY, decimalText, sum } from '../../base/money.ts'
import type { BatchToWrite, CodeValue, EconomyFormat, Voucher, VoucherRow } from '../ports/economy.ts'
import { pc8Bytes, pc8Text } from './pc8.ts'

/**
 * SIE 4I, vouchers for import (SIE filformat 4B, 2008-09-30, chapters 5 to 11). CP437 with CR LF. No #RAR: which
 * financial year a date belongs to is the importer's business. No voucher numbers: the importer gives them.
 */
export const sie4i: EconomyFormat = {
  name: 'sie4i',
  title: 'SIE 4I',
  contentType: 'application/octet-stream',
  encoding: 'CP437, CR LF',
  write(batch) {
    const unwritable = unwritableNames(batch)
    if (unwritable.length > 0) return { ok: false, unwritable }
    const lines = [
      ...heading(batch),
      ...names(batch),
      ...batch.vouchers.flatMap((one) => voucher(one, batch)),
    ]
    return { ok: true, extension: '.si', content: pc8Bytes(lines.map((line) => `${line}\r\n`).join('')) }
  },
}

const SIGN = 'Kvitt'

function heading(batch: BatchToWrite): string[] {
  const rows = batch.vouchers.flatMap(({ rows }) => rows)
  const debit = decimalText(sum(rows.filter(({ amount }) => amount > 0).map(({ amount }) => amount)))
  const totals = `${batch.vouchers.length} verifikationer, ${rows.length} rader, debet ${debit} = kredit ${debit}`
  return [
    '#FLAGGA 0',
    `#PROGRAM ${field('Kvitt')} ${field(batch.version)}`,
    '#FORMAT PC8',
    `#GEN ${date(batch.madeOn)} ${field(SIGN)}`,
    '#SIETYP 4',
    `#PROSA ${field(`Journal ${batch.series} ${batch.number}: ${totals}`)}`,
    `#ORGNR ${batch.company.organisationNumber}`,
    `#FNAMN ${field(batch.company.name)}`,
    `#VALUTA ${CURRENCY}`,
  ]
}

/** Every account, dimension and object that is used: an importer may drop what it does not know. */
function names({ codeParts, vouchers }: BatchToWrite): string[] {
  const rows = vouchers.flatMap(({ rows }) => rows)
  const accounts = new Map(rows.map(({ account, accountName }) => [account, accountName]))
  const objects = new Map(rows.flatMap(({ code }) => code).map((value) => [objectOf(value), value]))
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

function voucher({ date: day, text, rows }: Voucher, { series, madeOn }: BatchToWrite): string[] {
  return [
    `#VER ${field(series)} "" ${date(day)} ${field(text)} ${date(madeOn)} ${field(SIGN)}`,
    '{',
    ...rows.map((row) => transaction(row, day)),
    '}',
  ]
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
function unwritableNames({ company, codeParts, vouchers }: BatchToWrite): string[] {
  const rows = vouchers.flatMap(({ rows }) => rows)
  const texts = [
    company.name,
    ...codeParts.map(({ part }) => part),
    ...rows.flatMap(({ accountName, code }) => [accountName, ...code.map(({ value }) => value)]),
  ]
  return [...new Set(texts)].flatMap((text) => {
    const { missing } = pc8Text(text)
    return missing.length > 0 ? [`"${text}" has ${missing.join(' ')}, which SIE (CP437) cannot hold`] : []
  })
}
