import type { RequestHandler, Response } from 'express'
import { problem } from '../../../web/problem.ts'
import { showPage } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { linesOf } from '../../payments/line-store.ts'
import type { PaymentState } from '../../payments/payment.ts'
import type { Payment } from '../../payments/store.ts'
import { paymentQuery } from './forms.ts'
import { ownPayment } from './own-payment.ts'
import type { PageLooks } from './page-looks.ts'
import { showReceipt } from './receipt.ts'
import { settled } from './settled.ts'
import { presentWaiting } from './waiting.ts'

export type PaymentPage = 'waiting' | 'ended' | 'receipt'

/** Which page tells of a payment in which state. Nothing but `paid` is ever called paid. */
export const pageOf = {
  created: 'waiting',
  open: 'waiting',
  paid: 'receipt',
  declined: 'ended',
  cancelled: 'ended',
  expired: 'ended',
  failed: 'ended',
} as const satisfies Record<PaymentState, PaymentPage>

/** GET /payments/:reference: what became of a payment. */
export function paymentPage(context: Context, looks: PageLooks): RequestHandler {
  return async (req, res, next) => {
    const query = paymentQuery.safeParse(req.query)
    if (!query.success) return next(problem('bad-request'))
    const found = await ownPayment(context, req)
    if (!found) return next(problem('not-found'))

    const payment = await settled(context, looks, found)
    const page = pageOf[payment.state]
    if (page === 'receipt') return showReceipt(context, res, payment, { sent: query.data.sent === '1' })
    if (payment.parked !== null) return showPage(res, 'borrower/parked', { payment })
    if (page === 'ended') return showEnded(context, res, payment)
    showPage(res, 'borrower/waiting', { payment, waiting: presentWaiting(payment, query.data) })
  }
}

async function showEnded({ db }: Context, res: Response, payment: Payment): Promise<void> {
  const lines = await linesOf(db, payment.id)
  const chosen = lines.map(({ debitId }) => `chosen=${debitId}`).join('&')
  showPage(res, 'borrower/ended', { payment, again: `/fees?${chosen}` })
}
