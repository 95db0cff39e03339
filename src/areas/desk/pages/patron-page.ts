import type { Request, RequestHandler, Response } from 'express'
import type { Language } from '../../../base/language.ts'
import type { Patron } from '../../../outside/ports/koha.ts'
import { problem } from '../../../web/problem.ts'
import { showPage, wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { totalOf } from '../../debts/debt.ts'
import { presentLine } from '../../debts/fee-line.ts'
import { type DebtsShown, showDebts } from '../../debts/show-debts.ts'
import { heldDebts } from '../../payments/line-store.ts'
import { showFind } from './find-page.ts'
import { patronIdIn } from './patron-id.ts'
import { patronPayments } from './patron-payments.ts'
import { mayOpen, reachesAll } from './reach.ts'

/**
 * GET /desk/patrons/:id: who it is, what is owed and why it can or cannot be paid, and what has been paid. When
 * Koha is silent the payments are still told, to those for whom the patron's library makes no difference.
 */
export function patronPage(context: Context): RequestHandler {
  return async (req, res, next) => {
    const id = patronIdIn(req.params.id)
    if (id === undefined || !req.user) return next(problem('not-found'))
    const patron = await context.koha.patron(id)
    if (patron.ok && !patron.value) return next(problem('not-found'))
    if (!patron.ok && !reachesAll(req.user)) return next(problem('koha-silent'))
    // Whose books they are is not even asked for when it is no business of this desk.
    if (patron.ok && patron.value && !mayOpen(req.user, patron.value.libraryId))
      return showForeign(context, req, res, patron.value)

    const debts = patron.ok ? await readDebts(context, id) : undefined
    const { language } = wordsOf(req)
    const model = {
      patron: debts && presentPatron(debts),
      account: debts && presentAccount(debts, context, language),
      payments: await patronPayments(context, id),
      maySearch: req.user.roles.includes('desk'),
    }
    showPage(res, 'desk/patron', model, debts ? 200 : 503)
  }
}

async function showForeign(
  { koha }: Context,
  req: Request,
  res: Response,
  { libraryId }: Patron,
): Promise<void> {
  const libraries = await koha.libraries()
  const name = libraries.ok ? libraries.value.find(({ id }) => id === libraryId)?.name : undefined
  showFind(req, res, { why: 'other-library', library: name ?? libraryId }, 403)
}

async function readDebts(context: Context, id: number): Promise<DebtsShown | undefined> {
  const shown = await showDebts(context, id, await heldDebts(context.db, id))
  if (!shown.ok)
    context.log.warn(
      { event: 'patron.not-read', trouble: shown.trouble },
      'could not read a patron from Koha for the desk',
    )
  return shown.ok ? shown.value : undefined
}

function presentPatron(debts: DebtsShown) {
  const { patron } = debts
  return {
    name: nameOf(patron),
    cardNumber: patron.cardNumber,
    category: patron.categoryId,
    library: libraryName(debts),
    expiresOn: patron.expiresOn,
    restricted: patron.restricted,
  }
}

function nameOf({ firstName, surname }: Patron): string | null {
  return [firstName, surname].filter(Boolean).join(' ') || null
}

function libraryName({ patron, libraries }: DebtsShown): string {
  return libraries.get(patron.libraryId)?.name ?? patron.libraryId
}

function presentAccount(
  { debts, libraries, unusedCredit }: DebtsShown,
  { config }: Context,
  language: Language,
) {
  const words = { language, names: config.debts.names, libraries, chosen: undefined }
  const payable = debts.filter(({ verdict }) => verdict.payable)
  const owed = debts.filter(({ verdict }) => verdict.payable || verdict.because !== 'paid-not-registered')
  return {
    lines: debts.map((debt) => presentLine(debt, words)),
    /** What is owed, and what Koha says until it knows of the latest payments. */
    total: totalOf(owed),
    inKoha: totalOf(debts),
    payable: totalOf(payable),
    unusedCredit,
  }
}
