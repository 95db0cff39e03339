import type { RequestHandler } from 'express'
import type { CaseKinds } from '../../../area.ts'
import { showPage, wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import { caseWords } from '../../cases/case-words.ts'
import { listOpenCases } from '../../cases/store.ts'
import { proposedRefunds } from '../../refunds/store.ts'

/** More than these nobody works off in a day; the oldest come first. */
const MOST = 200

/** GET /economy/parked: what a person must decide, refunds to approve first. Whose it is is not told here. */
export function toDecidePage({ db }: Context, kinds: CaseKinds): RequestHandler {
  return async (req, res) => {
    const [proposed, cases] = await Promise.all([
      proposedRefunds(db, MOST),
      listOpenCases(db, [...kinds.keys()], MOST),
    ])
    const { language } = wordsOf(req)
    showPage(res, 'economy-office/to-decide', {
      proposed: proposed.map(({ reference, payment, amount, proposedBy, proposedAt, reason }) => ({
        reference,
        payment,
        amount,
        proposedBy,
        proposedAt,
        reason,
      })),
      cases: cases.map((one) => ({
        ...caseWords(kinds, one, language),
        subject: one.subject,
        openedAt: one.openedAt,
        href: kinds.get(one.kind)?.subject.page(one) ?? '/economy',
      })),
    })
  }
}
