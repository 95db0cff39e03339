import type { RequestHandler } from 'express'
import { problem } from '../../../web/problem.ts'
import type { Context } from '../../../work/context.ts'
import { writeBackOf } from '../../payments/write-back-store.ts'
import { ownPayment } from './own-payment.ts'
import type { PageLooks } from './page-looks.ts'
import { settled } from './settled.ts'

/** GET /payments/:reference/status: what a waiting page asks. `{ state, parked, registered }`, registered in Koha that is. */
export function statusRoute(context: Context, looks: PageLooks): RequestHandler {
  return async (req, res, next) => {
    const found = await ownPayment(context, req)
    if (!found) return next(problem('not-found'))
    const payment = await settled(context, looks, found)
    const writeBack = payment.state === 'paid' ? await writeBackOf(context.db, payment.id) : undefined
    res.json({
      state: payment.state,
      parked: payment.parked !== null,
      registered: writeBack?.state === 'done',
    })
  }
}
