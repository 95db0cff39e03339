import type { RequestHandler } from 'express'
import { problem } from '../../../web/problem.ts'
import { wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { receiptMailsOf, writeReceiptAgain } from '../../notices/store.ts'
import { emailField, receiptBody } from './forms.ts'
import { ownPayment } from './own-payment.ts'
import { MOST_RECEIPTS, showReceipt } from './receipt.ts'

/** POST /payments/:reference/receipt: the receipt by mail once more, at most so many times. */
export function sendReceiptRoute(context: Context): RequestHandler {
  const { db, clock, jobs } = context
  return async (req, res, next) => {
    const body = receiptBody.safeParse(req.body)
    if (!body.success) return next(problem('bad-request'))
    const payment = await ownPayment(context, req)
    if (payment?.state !== 'paid') return next(problem('not-found'))

    const address = emailField.safeParse(body.data.email)
    if (!address.success || address.data === null)
      return showReceipt(context, res, payment, { emailFault: true, email: body.data.email, status: 422 })
    if ((await receiptMailsOf(db, payment.id)).length >= MOST_RECEIPTS)
      return showReceipt(context, res, payment, { status: 429 })

    const receipt = {
      paymentId: payment.id,
      reference: payment.reference,
      address: address.data,
      language: wordsOf(req).language,
      now: clock.now(),
    }
    await db.transaction((tx) => writeReceiptAgain(tx, receipt))
    jobs.wake('notices')
    res.redirect(303, `/payments/${payment.reference}?sent=1`)
  }
}
