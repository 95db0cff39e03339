import { afterAll, describe, expect, it } from 'vitest'
import { drawReceiptPdf } from '../../../src/areas/receipts/draw-receipt-pdf.ts'
import { receiptPdf } from '../../../src/areas/receipts/receipt-pdf.ts'
import { ore } from '../../../src/base/money.ts'
import { createOffLoop } from '../../../src/work/off-loop/off-loop.ts'
import { elsasReceipt } from './receipts.ts'

describe('a receipt that is drawn off the event loop', () => {
  const offLoop = createOffLoop()
  afterAll(() => offLoop.stop())

  it('is the same document, byte for byte, in both languages and for eight at once', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => ({
      name: 'Förseningsavgift',
      amount: ore(1000 + at),
      title: `Röda rummet, del ${at}`,
      barcode: null,
    }))
    const receipts = Array.from({ length: 8 }, (_, at) =>
      elsasReceipt({ reference: `KV-${at}`, language: at % 2 === 0 ? 'sv' : 'en', lines }),
    )
    const drawn = await Promise.all(receipts.map((receipt) => drawReceiptPdf({ offLoop }, receipt)))
    for (const [at, receipt] of receipts.entries())
      expect(drawn[at]?.equals(await receiptPdf({ receipt }))).toBe(true)
  })
})
