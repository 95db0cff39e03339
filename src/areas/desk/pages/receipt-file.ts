import type { RequestHandler } from 'express'
import { problem } from '../../../web/problem.ts'
import type { Context } from '../../../work/context.ts'
import { isReference } from '../../payments/reference.ts'
import { readPayment } from '../../payments/store.ts'
import { drawReceiptPdf } from '../../receipts/draw-receipt-pdf.ts'
import { readReceipt } from '../../receipts/read-receipt.ts'
import { mayOpen, reachesAll } from './reach.ts'

/** GET /desk/payments/:reference/receipt.pdf: the receipt on paper, for the patron who stands at the desk. */
export function receiptFile(context: Context): RequestHandler {
  return async (req, res, next) => {
    const reference = String(req.params.reference)
    const payment = isReference(reference) ? await readPayment(context.db, reference) : undefined
    if (!payment || !req.user) return next(problem('not-found'))
    if (!reachesAll(req.user)) {
      const patron = await context.koha.patron(payment.patronId)
      if (!patron.ok) return next(problem('koha-silent'))
      if (!patron.value || !mayOpen(req.user, patron.value.libraryId)) return next(problem('forbidden'))
    }
    const receipt = await readReceipt(context, payment)
    if (!receipt) return next(problem('not-found'))
    res.setHeader('Content-Disposition', `inline; filename="${reference}.pdf"`)
    res.type('application/pdf').send(await drawReceiptPdf(context, receipt))
  }
}
