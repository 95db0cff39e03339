import type { CaseKind, CaseWay } from '../../area.ts'
import { aPayment, wayWords } from '../payments/cases.ts'
import { linesOf, releaseDebts } from '../payments/line-store.ts'
import { lockPayment } from '../payments/store.ts'
import { creditsOf, recordByHand, resumeWriteBack, writeBackOf } from '../payments/write-back-store.ts'
import type { CreditCases } from './case-facts.ts'
import { creditCaseTexts } from './case-texts.ts'
import { finishIn } from './finish-write-back.ts'

const tryAgain: CaseWay = {
  words: wayWords.tryAgain,
  act: (tx, _context, { paymentId }, { at }) => resumeWriteBack(tx, Number(paymentId), at),
}

/** The person has seen to it in Koha: the debts are let go. */
const byHand: CaseWay = {
  words: wayWords.byHand,
  needsReason: true,
  act: async (tx, _context, { paymentId }, { at }) => {
    const id = Number(paymentId)
    if ((await writeBackOf(tx, id))?.state !== 'parked') return
    await recordByHand(tx, id, at)
    await releaseDebts(tx, id)
  },
}

/** Koha will not have the credit: the write-back ends with what Koha has; the rest is a surplus, and goes their way. */
const giveBack: CaseWay = {
  words: wayWords.giveBack,
  needsReason: true,
  // While one may be in Koha nobody can say what is left.
  possible: async (sql, { paymentId }) =>
    (await creditsOf(sql, Number(paymentId))).every(({ state }) => state !== 'sending'),
  act: async (tx, context, { subject, paymentId }, { at }) => {
    await resumeWriteBack(tx, Number(paymentId), at)
    const payment = await lockPayment(tx, subject)
    const booked = (await creditsOf(tx, payment.id)).filter(({ state }) => state === 'booked')
    await finishIn(tx, context, payment, await linesOf(tx, payment.id), booked)
  },
}

const atOffice = { roles: ['economy', 'approver'], subject: aPayment } as const

/** Payments whose registration in Koha has stopped, or went otherwise than it should. */
export const creditCases: { [Kind in keyof CreditCases]: CaseKind<CreditCases[Kind]> } = {
  'koha-undecidable': {
    ...atOffice,
    texts: creditCaseTexts['koha-undecidable'],
    ways: { 'try-again': tryAgain, 'by-hand': byHand },
  },
  'koha-refuses': {
    ...atOffice,
    texts: creditCaseTexts['koha-refuses'],
    ways: { 'try-again': tryAgain, 'by-hand': byHand, 'give-back': giveBack },
  },
  'koha-differs': {
    ...atOffice,
    texts: creditCaseTexts['koha-differs'],
    // The credit stands; what was odd is put right in Koha.
    ways: { 'by-hand': { words: wayWords.byHand, needsReason: true } },
  },
}
