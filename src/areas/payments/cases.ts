import type { CaseKind, CaseSubject, CaseWay } from '../../area.ts'
import type { Case } from '../../base/case.ts'
import type { UnpaidCases } from './case-facts.ts'
import { unpaidCaseTexts } from './case-texts.ts'
import { recordEvent } from './event-store.ts'
import { makeLookDue } from './look-store.ts'
import { movePayment } from './move-payment.ts'
import { canStillBePaid } from './payment.ts'
import { settlePayment } from './settle-payment.ts'
import { lockPayment, readPayment } from './store.ts'

/** Returns the reference of the payment that a case is about: of itself, or of the one that a refund is of. */
function paymentOf({ subject }: Pick<Case, 'subject'>): string {
  return subject.replace(/-R\d+$/, '')
}

const events = {
  'try-again': 'tried-again',
  'ask-provider': 'asked',
  'by-hand': 'resolved-by-hand',
  'give-back': 'given-back',
} as const

/** A payment, or a refund of one: its history and its page are the payment's. */
export const aPayment: CaseSubject = {
  lock: (tx, one) => lockPayment(tx, paymentOf(one)),
  record: async (tx, one, { by, how, why, at, answer }) => {
    const what = events[how as keyof typeof events]
    const facts = { case: one.kind, subject: one.subject, why, ...(answer !== undefined && { went: answer }) }
    if (one.paymentId !== null) await recordEvent(tx, one.paymentId, { at, what, by, facts })
  },
  page: (one) => `/economy/payments/${paymentOf(one)}#case-${one.id}`,
}

/** The words of the ways out that several kinds have. */
export const wayWords = {
  tryAgain: { sv: 'Försök igen', en: 'Try again' },
  askProvider: { sv: 'Fråga betalbolaget', en: 'Ask the payment company' },
  byHand: { sv: 'Löst för hand', en: 'Resolved by hand' },
  giveBack: { sv: 'Avsluta och betala tillbaka', en: 'Close and refund' },
} as const

/** It is asked about again as if no case had been opened; another may be opened at once. */
const askProvider: CaseWay = {
  words: wayWords.askProvider,
  act: (tx, _context, one, { at }) => makeLookDue(tx, Number(one.paymentId), at),
  afterwards: async (context, one) => {
    const payment = await readPayment(context.db, one.subject)
    if (payment) await settlePayment(context, payment, 'must-know')
  },
}

/** The person has seen to the money at the provider: nothing more will be paid. */
const byHand: CaseWay = {
  words: wayWords.byHand,
  needsReason: true,
  act: async (tx, _context, one, { by, at }) => {
    const payment = await lockPayment(tx, one.subject)
    if (!canStillBePaid(payment.state)) return
    const end =
      payment.state === 'created' ? ({ to: 'failed', answer: null } as const) : ({ to: 'cancelled' } as const)
    await movePayment(tx, payment, { ...end, by, at, lookAt: null })
  },
}

const roles = ['economy', 'approver'] as const
const kind = { roles, subject: aPayment, ways: { 'ask-provider': askProvider, 'by-hand': byHand } }

/** Payments that the provider speaks of otherwise than we asked. Nothing is booked or credited meanwhile. */
export const unpaidCases: { [Kind in keyof UnpaidCases]: CaseKind<UnpaidCases[Kind]> } = {
  'amount-differs': { ...kind, texts: unpaidCaseTexts['amount-differs'] },
  'currency-differs': { ...kind, texts: unpaidCaseTexts['currency-differs'] },
  'checkout-unknown': { ...kind, texts: unpaidCaseTexts['checkout-unknown'] },
}
