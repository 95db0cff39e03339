import type { RequestHandler } from 'express'
import { localDay } from '../../../base/calendar.ts'
import { csvFile, kronorCell } from '../../../base/csv.ts'
import { problem } from '../../../web/problem.ts'
import { wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { type ListedPayment, listPayments } from '../../payments/list-store.ts'
import { stateWord } from '../../payments/state-word.ts'
import { chosenPayments, journalsOf } from './chosen-payments.ts'
import { readFilter } from './payment-filter.ts'
import { MOST_IN_FILE } from './payments.ts'

type Words = ReturnType<typeof wordsOf>

/** GET /economy/payments.csv: exactly the payments that the list with the same filter counts. */
export function paymentsFile(context: Context): RequestHandler {
  return async (req, res, next) => {
    const read = readFilter(req.query)
    if (read.faults.length > 0) return next(problem('bad-request'))
    const filter = await chosenPayments(context, read)
    const payments = await listPayments(context.db, filter, { before: null, limit: MOST_IN_FILE + 1 })
    if (payments.length > MOST_IN_FILE) return next(problem('too-large'))
    const journals = await journalsOf(context, payments)
    const words = wordsOf(req)
    const rows = payments.map((payment) => rowOf(payment, journals.get(payment.reference) ?? [], words))
    res.attachment(
      `kvitt-${words.t('economy.payments.title').toLowerCase()}-${localDay(context.clock.now())}.csv`,
    )
    res.type('text/csv; charset=utf-8').send(csvFile(headerIn(words), rows))
  }
}

function headerIn({ t }: Words): string[] {
  return [
    t('economy.payments.columns.reference'),
    t('economy.payments.columns.day'),
    t('economy.payments.columns.state'),
    t('economy.payments.columns.amount'),
    t('economy.payments.columns.method'),
    t('economy.payments.columns.provider'),
    t('economy.payments.columns.checkout'),
    t('economy.payments.columns.charge'),
    t('economy.payments.columns.koha'),
    t('economy.payments.columns.journal'),
  ]
}

function rowOf(payment: ListedPayment, journals: (number | null)[], { t }: Words) {
  return [
    payment.reference,
    localDay(payment.at),
    t(`economy.states.${stateWord(payment).word}`),
    kronorCell(payment.amount),
    payment.method,
    payment.provider,
    payment.checkoutId,
    payment.chargeId,
    payment.kohaAt && localDay(payment.kohaAt),
    journals.filter((number) => number !== null).join(' '),
  ]
}
