import type { RequestHandler } from 'express'
import { localDay } from '../../../base/calendar.ts'
import { showPage } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { listBatches, unexported } from '../../exports/batch-store.ts'
import { type PaymentFilter, totalsOfPayments } from '../../payments/list-store.ts'
import { addressOf, type ListState } from './payment-filter.ts'
import { periodsFrom } from './periods.ts'

const LIST = '/economy/payments'

/** GET /economy: what has come in, and what waits for somebody. Every figure leads to what is behind it. */
export function todayPage({ db, clock }: Context): RequestHandler {
  return async (_req, res) => {
    const [today, , month] = periodsFrom(localDay(clock.now()))
    const tile = async (name: string, state: Exclude<ListState, 'unexported'>, period?: typeof today) => {
      const { from = null, to = null } = period ?? {}
      const filter: PaymentFilter = { reference: null, state, from, to, among: null }
      const { count, amount } = await totalsOfPayments(db, filter)
      const href = addressOf(LIST, { state, ...(period ? { from: period.from, to: period.to } : {}) })
      return { name, count, amount, href }
    }
    const [tiles, waiting, [last]] = await Promise.all([
      Promise.all([
        tile('paid', 'paid', today),
        tile('paidMonth', 'paid', month),
        tile('koha', 'koha'),
        tile('parked', 'parked'),
      ]),
      unexported(db),
      listBatches(db, null, 1),
    ])
    showPage(res, 'economy-office/today', { tiles, waiting, last })
  }
}
