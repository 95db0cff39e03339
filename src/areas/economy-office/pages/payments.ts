import type { RequestHandler } from 'express'
import { localDay } from '../../../base/calendar.ts'
import { showPage } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { type ListedPayment, listPayments, totalsOfPayments } from '../../payments/list-store.ts'
import { stateWord } from '../../payments/state-word.ts'
import { batchesOf, chosenPayments } from './chosen-payments.ts'
import { addressOf, listStates, pageSizes, type ReadFilter, readFilter } from './payment-filter.ts'
import { periodsFrom } from './periods.ts'

const LIST = '/economy/payments'

/** So many payments go into one CSV file. */
export const MOST_IN_FILE = 50_000

/** GET /economy/payments: the payments that a filter chooses, what they come to, and the same as a file. */
export function paymentsPage(context: Context): RequestHandler {
  return async (req, res) => {
    const read = readFilter(req.query)
    const today = localDay(context.clock.now())
    const list = read.faults.length > 0 ? null : await readList(context, read)
    const model = { read, list, states: listStates, periods: presentPeriods(read, today) }
    showPage(res, 'economy-office/payments', model, list ? 200 : 422)
  }
}

async function readList(context: Context, read: ReadFilter) {
  const { db } = context
  const filter = await chosenPayments(context, read)
  const [totals, found] = await Promise.all([
    totalsOfPayments(db, filter),
    listPayments(db, filter, { before: read.before, limit: read.size + 1 }),
  ])
  const shown = found.slice(0, read.size)
  const batches = await batchesOf(context, shown)
  const last = shown.at(-1)
  const more = found.length > read.size && last !== undefined
  return {
    totals,
    rows: shown.map((payment) => presentRow(payment, batches.get(payment.reference) ?? [])),
    older: more ? addressOf(LIST, { ...read.asked, size: read.size, before: last.id }) : null,
    newest: read.before === null ? null : addressOf(LIST, { ...read.asked, size: read.size }),
    sizes: pageSizes.map((size) => ({ size, href: addressOf(LIST, { ...read.asked, size }) })),
    file: totals.count > MOST_IN_FILE ? null : addressOf(`${LIST}.csv`, read.asked),
    most: MOST_IN_FILE,
  }
}

function presentRow(payment: ListedPayment, batches: (number | null)[]) {
  const { reference, amount, at, method } = payment
  return { reference, amount, at, method, batches, ...stateWord(payment) }
}

function presentPeriods({ asked, size }: ReadFilter, today: string) {
  return periodsFrom(today).map(({ name, from, to }) => ({
    name,
    href: addressOf(LIST, { ...asked, from, to, size }),
    current: asked.from === from && asked.to === to,
  }))
}
