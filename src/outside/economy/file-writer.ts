import type { BatchHeading, EconomyFormat, VoucherPart } from '../ports/economy.ts'

/** A format with what writes it. Pure: the same heading and parts give the same bytes. */
export interface WritableFormat extends EconomyFormat {
  begin(heading: BatchHeading): FileWriter
}

/** Writes one file while the batch is read: what it keeps of a row is the row's bytes. */
export interface FileWriter {
  add(part: VoucherPart): void
  /** Returns the file, or in words what of its names the format cannot hold. */
  end(): WrittenFile
}

export type WrittenFile =
  | { ok: true; extension: string; content: Buffer }
  | { ok: false; unwritable: string[] }
