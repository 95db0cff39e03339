import { type Ore, ore } from '../../../src/base/money.ts'
import type { WritableFormat, WrittenFile } from '../../../src/outside/economy/file-writer.ts'
import type { BatchHeading, CodeValue, VoucherPart } from '../../../src/outside/ports/economy.ts'

/** A batch of a few vouchers, each of one part. */
export interface WholeBatch extends BatchHeading {
  vouchers: Voucher[]
}

export type Voucher = Omit<VoucherPart, 'begins'>

/** The batch's file, with at most so many rows in each part. */
export function write(format: WritableFormat, { vouchers, ...heading }: WholeBatch, most = 100): WrittenFile {
  const writer = format.begin(heading)
  for (const { rows, ...voucher } of vouchers)
    for (let at = 0; at < rows.length; at += most)
      writer.add({ ...voucher, begins: at === 0, rows: rows.slice(at, at + most) })
  return writer.end()
}

export const codeParts = [
  { part: 'Kostnadsställe', sieDimension: 1 },
  { part: 'Verksamhet', sieDimension: 20 },
  { part: 'Projekt', sieDimension: 6 },
]

export function codeOf(costCentre: string, project?: string): CodeValue[] {
  const values = [costCentre, '70', project]
  return codeParts.flatMap((part, at) => (values[at] === undefined ? [] : [{ ...part, value: values[at] }]))
}

const names: Record<string, string> = {
  '15810': 'Fordran kortinlösen',
  '31900': 'Förseningsavgifter bibliotek',
  '31910': 'Ersättning för förkomna böcker',
}

export function row(
  account: string,
  amount: number,
  code: CodeValue[],
  text: string,
  reference: string | null = null,
) {
  return {
    account,
    accountName: names[account] ?? account,
    amount: ore(amount) as Ore,
    code,
    vat: code.length > 0 ? 'O' : null,
    text,
    reference,
  }
}

/** The vouchers of test/fixtures/economy/voucher-4i.si, in our words. */
export const sampleVouchers: Voucher[] = [
  {
    date: '2026-11-20',
    text: 'Kortbetalningar bibliotek 2026-11-20',
    rows: [
      row('15810', 121000, [], 'Avräkning K-20261120, 3 betalningar'),
      row('31900', -16000, codeOf('600110', 'B26001'), 'Förseningsavgift, kvitto 10001', '10001'),
      row('31910', -85000, codeOf('600120', 'B26001'), 'Ersättning bok, kvitto 10002 (åäö ÅÄÖ é)', '10002'),
      row('31900', -20000, codeOf('600120'), 'Arbetskostnad, kvitto 10003', '10003'),
    ],
  },
  {
    date: '2026-11-20',
    text: 'Återbetalning kort, återlämnad bok',
    rows: [
      row('31910', 52600, codeOf('600110', 'B26001'), 'Återbetalning, kvitto 10004', '10004'),
      row('15810', -52600, [], 'Återbetalning, kvitto 10004', '10004'),
    ],
  },
]

export function batch(more: Partial<WholeBatch> = {}): WholeBatch {
  return {
    number: 123,
    series: 'BIB',
    version: '0.1.0',
    madeOn: '2026-11-21',
    company: { name: 'Exempeluniversitetet', organisationNumber: '202199-0011' },
    codeParts,
    vouchers: sampleVouchers,
    ...more,
  }
}
