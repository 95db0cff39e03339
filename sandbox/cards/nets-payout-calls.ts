import type { Request } from 'express'
import type { Reply } from './faults.ts'
import { payouts } from './nets-payouts.ts'
import type { CardWorld } from './world.ts'

/** Nets Easy's Reporting API: the list of payouts, and one payout with what is in it, in pages. */

export function payoutList(world: CardWorld, request: Request): Reply {
  const { fromDate, toDate, currency } = request.query
  if (!isDate(fromDate) || !isDate(toDate)) {
    return { status: 400, body: { errors: { fromDate: ['YYYY-MM-DD'], toDate: ['YYYY-MM-DD'] } } }
  }
  const found = payouts(world).filter(({ payout }) => {
    return payout.date >= fromDate && payout.date <= toDate && (!currency || payout.currency === currency)
  })
  const list = found.map(({ payout, actions }) => {
    return { ...payout, numberOfCharges: actions.filter((each) => each.paymentAction === 'Charge').length }
  })
  return { status: 200, body: { numberOfPayouts: list.length, payouts: page(list, request) } }
}

export function payoutDetail(world: CardWorld, request: Request): Reply {
  const found = payouts(world).find(({ payout }) => payout.id === request.params.id)
  if (!found) return { status: 404 }
  const { payout, actions } = found
  const paymentActions = page(actions, request)
  return { status: 200, body: { ...payout, numberOfPaymentActions: actions.length, paymentActions } }
}

function page<T>(all: T[], { query }: Request): T[] {
  const size = Math.min(Math.max(Number(query.pageSize ?? 100), 1), 100)
  const start = Math.max(Number(query.pageNumber ?? 0), 0) * size
  return all.slice(start, start + size)
}

function isDate(text: unknown): text is string {
  return typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text)
}
