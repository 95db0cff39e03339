import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { CaseKinds } from '../../../area.ts'
import type { Language } from '../../../base/language.ts'
import type { Config } from '../../../config/load.ts'
import { problem } from '../../../web/problem.ts'
import { showPage, wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { openCasesOf } from '../../cases/store.ts'
import { debtName } from '../../debts/debt-names.ts'
import { batchesOfCauses } from '../../exports/batch-store.ts'
import type { Coding } from '../../ledger/coding.ts'
import { type BookedPosting, postingsOf } from '../../ledger/store.ts'
import { noticesOf } from '../../notices/store.ts'
import { eventsOf } from '../../payments/event-store.ts'
import { linesOf, type PaymentLine } from '../../payments/line-store.ts'
import { listPayments } from '../../payments/list-store.ts'
import type { PaymentEvent } from '../../payments/payment-event.ts'
import { isReference } from '../../payments/reference.ts'
import { stateWord } from '../../payments/state-word.ts'
import { readPayment } from '../../payments/store.ts'
import { troubleWords } from '../../payments/trouble-words.ts'
import { creditsOf, writeBackOf } from '../../payments/write-back-store.ts'
import { readMoneyBack } from './money-back.ts'
import { presentCase } from './present-case.ts'
import { presentEvent } from './present-event.ts'

/**
 * GET /economy/payments/:reference: one payment from the borrower's click to the journal. What is put before
 * the page is picked field by field: no patron, no title, no barcode and no mail address gets there.
 */
export function paymentPage(context: Context, kinds: CaseKinds): RequestHandler {
  return (req, res, next) => showPayment(context, kinds, { req, res, next }, {})
}

/** Something to be put right, in the language of the request, and the field that it is about. */
export interface PageFault {
  text: string
  field?: string
}

/** What a form that was refused brings back to the page. */
interface RefusedForm {
  fault?: PageFault
  form?: Record<string, unknown>
  status?: number
}

/** A request, and where its answer goes. */
interface Asked {
  req: Request
  res: Response
  next: NextFunction
}

/** Shows the page of the payment that the address names, after a form too. */
export async function showPayment(
  context: Pick<Context, 'db' | 'config'>,
  kinds: CaseKinds,
  { req, res, next }: Asked,
  { fault, form, status }: RefusedForm,
): Promise<void> {
  const { db, config } = context
  const reference = String(req.params.reference)
  const payment = isReference(reference) ? await readPayment(db, reference) : undefined
  if (!payment) return next(problem('not-found'))
  const among = { reference: null, state: null, from: null, to: null, among: [reference] }
  const writeBack = await writeBackOf(db, payment.id)
  const moneyBack = await readMoneyBack(context, payment, writeBack, req.user)
  const causes = [reference, ...moneyBack.causes]
  const [[listed], lines, events, cases, notices, credits, postings, batches] = await Promise.all([
    listPayments(db, among, { before: null, limit: 1 }),
    linesOf(db, payment.id),
    eventsOf(db, payment.id),
    openCasesOf(db, payment.id),
    noticesOf(db, payment.id),
    creditsOf(db, payment.id),
    Promise.all(causes.map((cause) => postingsOf(db, cause))),
    batchesOfCauses(db, causes),
  ])
  if (!listed) return next(problem('not-found'))
  const { language } = wordsOf(req)
  const reader = { language, mayAct: moneyBack.mayAct }
  const shownCases = await Promise.all(cases.map((one) => presentCase(db, kinds, one, reader)))
  const journalOf = new Map(batches.map(({ postingId, batch }) => [postingId, batch]))
  showPage(
    res,
    'economy-office/payment',
    {
      payment: {
        ...stateWord(listed),
        reference,
        amount: listed.amount,
        paidAt: payment.paidAt,
        createdAt: payment.createdAt,
        method: listed.method,
        provider: listed.provider,
        checkoutId: listed.checkoutId,
        chargeId: listed.chargeId,
      },
      cases: shownCases,
      mails: notices.map(({ kind, state, sentAt }) => ({ kind, state, sentAt })),
      moneyBack: {
        ...moneyBack,
        refunds: moneyBack.refunds.map((one) => ({
          ...one,
          lastTrouble: troubleWords(one.lastTrouble, language),
        })),
      },
      fault,
      form: form ?? {},
      done: doneWord(req.query.done),
      lines: lines.map((line) => presentLine(line, language, config)),
      koha: {
        state: writeBack?.state ?? 'none',
        tries: writeBack?.tries ?? 0,
        lastTrouble: troubleWords(writeBack?.lastTrouble ?? null, language),
        doneAt: writeBack?.doneAt ?? null,
        credits: credits.map(({ kohaId, reference, amount, state, sentAt }) => ({
          kohaId,
          reference,
          amount,
          state,
          sentAt,
        })),
      },
      postings: postings.flat().map((posting) => presentPosting(posting, journalOf.get(posting.id) ?? null)),
      events: [begun(payment.createdAt), ...events].map((event) => presentEvent(event, kinds, language)),
    },
    status,
  )
}

const doneWords = ['approved', 'proposed', 'withdrawn', 'resolved']

function doneWord(asked: unknown): string | undefined {
  return doneWords.find((word) => word === asked)
}

function presentLine(
  { id, debitType, libraryId, amount, coding }: PaymentLine,
  language: Language,
  config: Config,
) {
  return {
    id,
    name: debtName(debitType, language, config.debts.names),
    debitType,
    libraryId,
    amount,
    code: codeString(coding),
    vat: coding.vat,
  }
}

function codeString({ account, costCentre, activity, project, counterparty }: Coding): string {
  return [account, costCentre, activity, project, counterparty].filter((part) => part !== null).join(' · ')
}

function presentPosting({ bookDate, text, from, to, amount }: BookedPosting, batchNumber: number | null) {
  return { bookDate, text, debit: to, credit: from, amount, batchNumber }
}

function begun(at: Date): PaymentEvent {
  return { at, what: 'created', by: 'kvitt', facts: {}, detail: null }
}
