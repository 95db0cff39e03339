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

/** Some rows of a voucher. A voucher is what one day and kind came to; the rows of all its parts sum to zero. */
export interface VoucherPart {
  /** True for a voucher's first part; the parts that follow go on with the same voucher. */
  begins: boolean
  /** ISO date, local time. */
  date: string
  text: string
  rows: VoucherRow[]
}

/** What is said about a batch beside its vouchers. */
export interface BatchHeading {
  number: number
  series: string
  /** Our program's version, for the file's heading. */
  version: string
  /** ISO date, local time. */
  madeOn: string
  company: { name: string; organisationNumber: string }
  /** All parts of the code string, in order, also those that no row uses. */
  codeParts: Omit<CodeValue, 'value'>[]
}

/** A file of a batch. The same heading and parts always give the same bytes. */
export interface BatchFile {
  /** The format's name. */
  format: string
  /** With its point: ".si". */
  extension: string
  content: Uint8Array
  /** Of the content, in hexadecimal. */
  sha256: string
}

/** `faults` tells what a format cannot hold, in words for staff. */
export type WrittenBatch = { ok: true; files: BatchFile[] } | { ok: false; format: string; faults: string[] }

/** A format in which batches are written, for people and browsers. */
export interface EconomyFormat {
  /** As in the configuration and in the download's address. */
  name: string
  /** What a person calls it: "SIE 4I". */
  title: string
  contentType: string
  /** Encoding and line ends, for the page that offers the file. */
  encoding: string
}

/** The files that the economy system takes. */
export interface EconomyFiles {
  /** What each batch is written as, in the order of the configuration. */
  formats: EconomyFormat[]
  /**
   * Returns a file in each format, or what the first that cannot hold the batch cannot hold. Takes the parts as they
   * come, and works off the event loop: neither a long batch nor a long day keeps requests waiting.
   */
  write(heading: BatchHeading, parts: AsyncIterable<VoucherPart[]>): Promise<WrittenBatch>
}
