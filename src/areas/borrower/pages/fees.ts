import type { NextFunction, RequestHandler, Response } from 'express'
import type { Language } from '../../../base/language.ts'
import { type Ore, sum } from '../../../base/money.ts'
import type { Config } from '../../../config/load.ts'
import { rememberPatronLanguage } from '../../../web/language.ts'
import { problem } from '../../../web/problem.ts'
import { showPage, wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { type FeeLine, presentLine } from '../../debts/fee-line.ts'
import { type BookGroup, groupByBook, groupByLibrary, type LibraryGroup } from '../../debts/line-groups.ts'
import type { DebtsShown } from '../../debts/show-debts.ts'
import { canStillBePaid } from '../../payments/payment.ts'
import type { Payment } from '../../payments/store.ts'
import { feesQuery } from './forms.ts'
import { patronOf } from './patron-of.ts'
import { readFees } from './read-fees.ts'
import { describeRefusal, type Refusal } from './refusal.ts'

/** GET /fees: what the borrower owes, and what of it to pay. */
export function feesPage(context: Context): RequestHandler {
  return async (req, res, next) => {
    const query = feesQuery.safeParse(req.query)
    if (!query.success) return next(problem('bad-request'))
    await showFees(context, res, next, { chosen: query.data.chosen })
  }
}

interface FeesChoice {
  /** Debits to tick; undefined ticks all. */
  chosen: number[] | undefined
  /** Why the borrower is back here. */
  refusal?: Refusal
}

/** Shows the fees page, as an answer to any request that ends there. */
export async function showFees(
  context: Context,
  res: Response,
  next: NextFunction,
  { chosen, refusal }: FeesChoice,
): Promise<void> {
  const { req } = res
  const read = await readFees(context, patronOf(req))
  if (read.kind === 'problem') return next(read)
  rememberPatronLanguage(req, read.shown.patron.language)

  const words = wordsOf(req)
  const told = refusal && (await describeRefusal(context, words, refusal))
  const view = presentFees(read, {
    config: context.config,
    language: words.language,
    chosen,
    now: context.clock.now(),
  })
  showPage(res, 'borrower/fees', { place: '/fees', fees: view, refusal: told?.text }, told?.status)
}

export interface FeesView {
  /** All that is owed and not paid here, öre. */
  total: Ore
  owesNothing: boolean
  payable: LibraryGroup[]
  payableCount: number
  notPayable: BookGroup<FeeLine>[]
  /** Paid, and not in Koha yet. */
  registering: BookGroup<FeeLine>[]
  payableTotal: Ore
  minimum: Ore
  /** May something be paid: the service is open, and there is enough of it. */
  canPay: boolean
  closed: boolean
  unusedCredit: Ore
  restricted: boolean
  open: PaymentNotice[]
  checking: PaymentNotice[]
  latest: PaymentNotice | undefined
  recent: Payment[]
}

interface PaymentNotice {
  reference: string
  amount: Ore
  /** When it was started or, for a paid one, paid. */
  at: Date
  checkoutUrl: string | null
}

interface FeesWords {
  config: Config
  language: Language
  chosen: number[] | undefined
  now: Date
}

/** A payment is news for a day. */
const NEWS = 24 * 3600_000

export function presentFees(
  { shown, payments }: { shown: DebtsShown; payments: Payment[] },
  { config, language, chosen, now }: FeesWords,
): FeesView {
  const words = {
    language,
    names: config.debts.names,
    libraries: shown.libraries,
    chosen: chosen && new Set(chosen),
  }
  const lines = shown.debts.map((debt) => presentLine(debt, words))
  const payable = lines.filter((line) => line.because === null)
  const payableTotal = sum(payable.map(({ amount }) => amount))
  const { minimum } = config.debts
  const closed = !config.payments.open
  const live = payments.filter((payment) => payment.parked !== null || canStillBePaid(payment.state))
  const [newest] = payments
  const isNews = newest?.paidAt && now.getTime() - newest.paidAt.getTime() < NEWS
  return {
    total: sum(lines.filter((line) => !isPaid(line)).map(({ amount }) => amount)),
    owesNothing: lines.length === 0,
    payable: groupByLibrary(payable),
    payableCount: payable.length,
    notPayable: groupByBook(lines.filter((line) => line.because !== null && !isPaid(line))),
    registering: groupByBook(lines.filter(isPaid)),
    payableTotal,
    minimum,
    canPay: !closed && payable.length > 0 && payableTotal >= minimum,
    closed,
    unusedCredit: shown.unusedCredit,
    restricted: shown.patron.restricted,
    open: live.filter(({ parked }) => parked === null).map(notice),
    checking: live.filter(({ parked, state }) => parked !== null && state !== 'paid').map(notice),
    latest: newest && newest.state === 'paid' && isNews ? notice(newest) : undefined,
    recent: payments.filter(({ state }) => state === 'paid').slice(0, 3),
  }
}

const isPaid = (line: FeeLine) => line.because === 'paid-not-registered'

function notice({ reference, amount, createdAt, paidAt, checkoutUrl }: Payment): PaymentNotice {
  return { reference, amount, at: paidAt ?? createdAt, checkoutUrl }
}
