import type { Ore } from '../../base/money.ts'

/** One value of a code string: which part (the university's own name for it) and its SIE dimension. */
export interface CodeValue {
  part: string
  sieDimension: number
  value: string
}

export interface VoucherRow {
  account: string
  accountName: string
  /** Öre; debit positive, credit negative. */
  amount: Ore
  /** In the order of the university's code string; empty on balance accounts. */
  code: CodeValue[]
  /** VAT category; null on balance accounts. */
  vat: string | null
  text: string
  /** The payment that the row can be followed to; null on rows that sum up several. */
  reference: string | null
}

/** What one day and kind came to. The rows sum to zero. */
export interface Voucher {
  /** ISO date, local time. */
  date: string
  text: string
  rows: VoucherRow[]
}

/** A batch as it is handed over. The same batch always gives the same bytes. */
export interface BatchToWrite {
  number: number
  series: string
  /** Our program's version, for the file's heading. */
  version: string
  /** ISO date, local time. */
  madeOn: string
  company: { name: string; organisationNumber: string }
  /** All parts of the code string, in order, also those that no row uses. */
  codeParts: Omit<CodeValue, 'value'>[]
  vouchers: Voucher[]
}

/** `unwritable` tells what the format cannot hold, in words for staff. */
export type WrittenBatch =
  | { ok: true; extension: string; content: Buffer }
  | { ok: false; unwritable: string[] }

/** A way of writing batches for an economy system. Pure. */
export interface EconomyFormat {
  /** As in the configuration and in the download's address. */
  name: string
  /** What a person calls it: "SIE 4I". */
  title: string
  contentType: string
  /** Encoding and line ends, for the page that offers the file. */
  encoding: string
  write(batch: BatchToWrite): WrittenBatch
}
