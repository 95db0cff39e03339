import { offLoopFunction } from '../../base/off-loop.ts'
import type { Uses } from '../../work/context.ts'
import type { Receipt } from './receipt.ts'
import type * as drawing from './receipt-pdf.ts'

/** A type only: the drawing and its fonts are to be in the memory of the thread that draws, and nowhere else. */
const receiptPdf = offLoopFunction<typeof drawing, 'receiptPdf'>(
  new URL('./receipt-pdf.ts', import.meta.url),
  'receiptPdf',
)

/** Returns the receipt as a PDF, drawn off the event loop: a hundred lines take a quarter of a second. */
export async function drawReceiptPdf({ offLoop }: Uses<'offLoop'>, receipt: Receipt): Promise<Buffer> {
  const { buffer, byteOffset, byteLength } = await offLoop.run(receiptPdf, { receipt })
  return Buffer.from(buffer, byteOffset, byteLength)
}
