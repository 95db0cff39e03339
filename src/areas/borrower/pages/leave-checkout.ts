import type { RequestHandler } from 'express'
import { problem } from '../../../web/problem.ts'
import type { Context } from '../../../work/context.ts'
import { giveUpPayment } from '../../payments/give-up-payment.ts'
import { canStillBePaid } from '../../payments/payment.ts'
import { onlyToken } from './forms.ts'
import { ownPayment } from './own-payment.ts'
import type { PageLooks } from './page-looks.ts'
import { settled } from './settled.ts'

/**
 * GET /payments/:reference/return: the browser comes back from the provider. What it carries is not read: the provider is
 * asked. The page it goes on to can be reloaded.
 */
export function returnRoute(context: Context, looks: PageLooks): RequestHandler {
  return async (req, res, next) => {
    const payment = await ownPayment(context, req)
    if (!payment) return next(problem('not-found'))
    await settled(context, looks, payment)
    res.redirect(303, `/payments/${payment.reference}?returned=1`)
  }
}

/**
 * GET /payments/:reference/given-up, where the provider sends whoever leaves its page unpaid, and POST …/cancel, our own
 * button: the payment is made unpayable, if it still can be.
 */
export function giveUpRoute(context: Context): RequestHandler {
  return async (req, res, next) => {
    if (req.method === 'POST' && !onlyToken.safeParse(req.body ?? {}).success)
      return next(problem('bad-request'))
    const payment = await ownPayment(context, req)
    if (!payment) return next(problem('not-found'))
    const after = await giveUpPayment(context, payment.reference)
    const stillOpen = after !== undefined && canStillBePaid(after.state)
    res.redirect(303, `/payments/${payment.reference}${stillOpen ? '?cancel=1' : ''}`)
  }
}
