import type { RequestHandler } from 'express'
import { problem } from '../../../web/problem.ts'
import { wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { startPayment } from '../../payments/start-payment.ts'
import { showCheck } from './check.ts'
import { showFees } from './fees.ts'
import { emailField, startBody } from './forms.ts'
import { patronOf } from './patron-of.ts'

/** POST /payments: starts a payment and sends the browser to the page to pay on, or says why not. */
export function startRoute(context: Context): RequestHandler {
  return async (req, res, next) => {
    const body = startBody.safeParse(req.body)
    if (!body.success) return next(problem('bad-request'))
    const { debit, shown, email } = body.data
    const receiptEmail = emailField.safeParse(email)
    if (!receiptEmail.success)
      return showCheck(context, res, next, { debitIds: debit, email, emailFault: true })

    const outcome = await startPayment(context, {
      patronId: patronOf(req),
      debitIds: debit,
      shown,
      language: wordsOf(req).language,
      receiptEmail: receiptEmail.data,
    })
    switch (outcome.kind) {
      case 'started':
        return res.redirect(303, outcome.checkoutUrl)
      case 'changed':
        return showCheck(context, res, next, { debitIds: debit, email, changedFrom: outcome.shown })
      case 'koha-silent':
        return next(problem('koha-silent'))
      default:
        return showFees(context, res, next, { chosen: debit, refusal: outcome })
    }
  }
}
