import type { RequestHandler } from 'express'
import { localDay } from '../../../base/calendar.ts'
import { csvFile, kronorCell } from '../../../base/csv.ts'
import type { Language } from '../../../base/language.ts'
import { problem } from '../../../web/problem.ts'
import { wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { type ListedPayment, listPayments } from '../../payments/list-store.ts'
import { stateWord } from '../../payments/state-word.ts'
import { batchesOf, chosenPayments } from './chosen-payments.ts'
import { readFilter } from './payment-filter.ts'
import { MOST_IN_FILE } from './payments.ts'
import { economy } from './texts/economy.ts'

type Words = (typeof economy)[Language]

/** GET /economy/payments.csv: exactly the payments that the list with the same filter counts. */
export function paymentsFile(context: Context): RequestHandler {
  return async (req, res, next) => {
    const read = readFilter(req.query)
    if (read.faults.length > 0) return next(problem('bad-request'))
    const filter = await chosenPayments(context, read)
    const payments = await listPayments(context.db, filter, { before: null, limit: MOST_IN_FILE + 1 })
    if (payments.length > MOST_IN_FILE) return next(problem('too-large'))
    const batches = await batchesOf(context, payments)
    const words = economy[wordsOf(req).language]
    const rows = payments.map((payment) => rowOf(payment, batches.get(payment.reference) ?? [], words))
    res.attachment(`kvitt-${words.payments.title.toLowerCase()}-${localDay(context.clock.now())}.csv`)
    res.type('text/csv; charset=utf-8').send(csvFile(headerIn(words), rows))
  }
}

function headerIn({ payments: { columns } }: Words): string[] {
  return [
    columns.reference,
    columns.day,
    columns.state,
    columns.amount,
    columns.method,
    columns.provider,
    columns.checkout,
    columns.charge,
    columns.koha,
    columns.batch,
  ]
}

function rowOf(payment: ListedPayment, batches: (number | null)[], words: Words) {
  return [
    payment.reference,
    localDay(payment.at),
    words.states[stateWord(payment).word],
    kronorCell(payment.amount),
    payment.method,
    payment.provider,
    payment.checkoutId,
    payment.chargeId,
    payment.kohaAt && localDay(payment.kohaAt),
    batches.filter((number) => number !== null).join(' '),
  ]
}
