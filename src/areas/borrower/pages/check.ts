import type { NextFunction, RequestHandler, Response } from 'express'
import type { Ore } from '../../../base/money.ts'
import { problem } from '../../../web/problem.ts'
import { showPage, wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { presentLine } from '../../debts/fee-line.ts'
import { groupByBook } from '../../debts/line-groups.ts'
import { judgeChoice } from '../../payments/debt-choice.ts'
import { showFees } from './fees.ts'
import { checkQuery } from './forms.ts'
import { patronOf } from './patron-of.ts'
import { readFees } from './read-fees.ts'

/** GET /fees/check?debit=…: the last look before paying. It can be reloaded; nothing is decided yet. */
export function checkPage(context: Context): RequestHandler {
  return async (req, res, next) => {
    const query = checkQuery.safeParse(req.query)
    if (!query.success) return next(problem('bad-request'))
    await showCheck(context, res, next, { debitIds: query.data.debit })
  }
}

interface CheckView {
  debitIds: number[]
  /** What was typed for the receipt; undefined takes Koha's address. */
  email?: string
  emailFault?: boolean
  /** The sum that the borrower saw before it changed. */
  changedFrom?: Ore
}

/** Shows the check page; or, when these debts cannot be paid, the fees page saying why. */
export async function showCheck(
  context: Context,
  res: Response,
  next: NextFunction,
  { debitIds, email, emailFault = false, changedFrom }: CheckView,
): Promise<void> {
  const { config, providers } = context
  const read = await readFees(context, patronOf(res.req))
  if (read.kind === 'problem') return next(read)
  const { shown } = read
  const choice = judgeChoice(shown.debts, debitIds, { ...config.debts, open: config.payments.open })
  if (choice.kind !== 'ok') return showFees(context, res, next, { chosen: debitIds, refusal: choice })

  const { language } = wordsOf(res.req)
  const words = { language, names: config.debts.names, libraries: shown.libraries, chosen: undefined }
  const check = {
    debitIds: choice.debts.map(({ id }) => id),
    groups: groupByBook(choice.debts.map((debt) => presentLine(debt, words))),
    sum: choice.sum,
    company: providers.current.title,
    email: email ?? shown.patron.email ?? '',
    emailFault,
    changedFrom,
  }
  const status = emailFault ? 422 : changedFrom === undefined ? 200 : 409
  showPage(res, 'borrower/check', { place: '/fees', check }, status)
}
