import type { CaseKind, CaseWay } from '../../area.ts'
import type { Case } from '../../base/case.ts'
import type { Sql } from '../../database/database.ts'
import { aPayment, wayWords } from '../payments/cases.ts'
import { makeLookDue } from '../payments/look-store.ts'
import { lockPayment, paymentById } from '../payments/store.ts'
import type { RefundCases } from './case-facts.ts'
import { refundCaseTexts } from './case-texts.ts'
import { moveRefund } from './move-refund.ts'
import { makeRefundDue, recordKoha } from './move-store.ts'
import { settleRefunds } from './settle-refunds.ts'
import { type Refund, readRefund } from './store.ts'

/** The refund that a case is about; undefined when it is about the payment as a whole. */
async function refundOf(sql: Sql, { subjectKind, subject }: Case): Promise<Refund | undefined> {
  return subjectKind === 'refund' ? readRefund(sql, subject) : undefined
}

/** What waited for a person waits for Kvitt again: at the provider, or in Koha. */
const tryAgain: CaseWay = {
  words: wayWords.tryAgain,
  act: async (tx, _context, one, { at }) => {
    const refund = await refundOf(tx, one)
    if (!refund) return makeLookDue(tx, Number(one.paymentId), at)
    if (refund.koha === 'parked') return recordKoha(tx, refund.id, 'waiting', at)
    return makeRefundDue(tx, refund.id, at)
  },
}

const askProvider: CaseWay = {
  words: wayWords.askProvider,
  staysOpen: true,
  afterwards: async (context, one) => {
    const payment = await paymentById(context.db, Number(one.paymentId))
    if (payment) await settleRefunds(context, payment, 'must-know')
  },
}

/** The person has done it, or has found out at the provider what nobody could tell from here. */
const byHand: CaseWay = {
  words: wayWords.byHand,
  needsReason: true,
  asks: {
    words: { sv: 'Har betalaren fått pengarna?', en: 'Has the payer got the money?' },
    when: async (sql, one) => (await refundOf(sql, one))?.state === 'sending',
  },
  act: async (tx, context, one, { by, at, answer }) => {
    const refund = await refundOf(tx, one)
    if (refund?.state === 'sending') {
      const payment = await lockPayment(tx, refund.reference.replace(/-R\d+$/, ''))
      const said = { providerId: null, by, now: at }
      const failure = { because: 'by-person' as const }
      return moveRefund(
        tx,
        context,
        payment,
        refund,
        answer ? { to: 'done', ...said } : { to: 'failed', failure, ...said },
      )
    }
    if (refund?.koha === 'parked') await recordKoha(tx, refund.id, 'by-hand', null)
  },
}

const atOffice = { roles: ['economy', 'approver'], subject: aPayment } as const

/** Money that has gone back, should have, or was taken back: by kind. */
export const refundCases: { [Kind in keyof RefundCases]: CaseKind<RefundCases[Kind]> } = {
  // It is refunded on the payment's page, and closes by itself when all of it is.
  surplus: { ...atOffice, texts: refundCaseTexts.surplus, ways: { 'by-hand': byHand } },
  'refund-undecidable': {
    ...atOffice,
    texts: refundCaseTexts['refund-undecidable'],
    ways: { 'try-again': tryAgain, 'ask-provider': askProvider, 'by-hand': byHand },
  },
  'refund-failed': {
    ...atOffice,
    texts: refundCaseTexts['refund-failed'],
    ways: { 'ask-provider': askProvider, 'by-hand': byHand },
  },
  'refund-not-in-koha': {
    ...atOffice,
    texts: refundCaseTexts['refund-not-in-koha'],
    ways: { 'try-again': tryAgain, 'by-hand': byHand },
  },
  'refunded-elsewhere': {
    ...atOffice,
    texts: refundCaseTexts['refunded-elsewhere'],
    ways: { 'try-again': tryAgain, 'by-hand': byHand },
  },
  disputed: {
    ...atOffice,
    texts: refundCaseTexts.disputed,
    ways: { 'ask-provider': askProvider, 'by-hand': byHand },
  },
}
