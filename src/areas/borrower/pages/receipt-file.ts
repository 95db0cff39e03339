import type { RequestHandler } from 'express'
import { problem } from '../../../web/problem.ts'
import { wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { drawReceiptPdf } from '../../receipts/draw-receipt-pdf.ts'
import { readReceipt } from '../../receipts/read-receipt.ts'
import { ownPayment } from './own-payment.ts'

/** GET /payments/:reference/receipt.pdf: the receipt as a file to keep, in the language that is read now. */
export function receiptFile(context: Context): RequestHandler {
  return async (req, res, next) => {
    const payment = await ownPayment(context, req)
    const receipt = payment && (await readReceipt(context, payment, wordsOf(req).language))
    if (!receipt) return next(problem('not-found'))
    const pdf = await drawReceiptPdf(context, receipt)
    res.attachment(`${receipt.reference}.pdf`)
    res.type('application/pdf').send(pdf)
  }
}
