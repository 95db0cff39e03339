import type { RequestHandler } from 'express'
import { showPage } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { parkedPayments } from '../../payments/parked-store.ts'
import { proposedRefunds } from '../../refunds/store.ts'

/** More than these nobody works off in a day; the oldest come first. */
const MOST = 200

/** GET /economy/parked: what a person must decide, refunds to approve first. Whose it is is not told here. */
export function parkedPage({ db }: Context): RequestHandler {
  return async (_req, res) => {
    const [proposed, parked] = await Promise.all([proposedRefunds(db, MOST), parkedPayments(db, MOST)])
    showPage(res, 'economy-office/parked', {
      proposed: proposed.map(({ reference, payment, amount, proposedBy, proposedAt, reason }) => ({
        reference,
        payment,
        amount,
        proposedBy,
        proposedAt,
        reason,
      })),
      parked: parked.map(({ reference, parked, parkedAt, parkedDetail, amount }) => ({
        reference,
        parked,
        parkedAt,
        parkedDetail,
        amount,
      })),
    })
  }
}
