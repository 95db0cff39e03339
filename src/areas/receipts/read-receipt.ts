import type { Language } from '../../base/language.ts'
import type { Uses } from '../../work/context.ts'
import { debtName } from '../debts/debt-names.ts'
import { postingsOf } from '../ledger/store.ts'
import { linesOf } from '../payments/line-store.ts'
import type { Payment } from '../payments/store.ts'
import { writeBackOf } from '../payments/write-back-store.ts'
import { refundsOf } from '../refunds/store.ts'
import { givenBackOf } from './given-back.ts'
import { type Receipt, receiptOf } from './receipt.ts'

/**
 * Returns the receipt of a paid payment as it stands now, with titles: for the borrower's own eyes. In the language
 * of the payment unless another is asked for. Undefined for a payment that is not paid: there is nothing to give a receipt
 * for.
 */
export async function readReceipt(
  { db, config }: Uses<'db' | 'config'>,
  payment: Payment,
  language: Language = payment.language,
): Promise<Receipt | undefined> {
  if (payment.state !== 'paid') return undefined
  const [lines, writeBack, postings, refunds] = await Promise.all([
    linesOf(db, payment.id),
    writeBackOf(db, payment.id),
    postingsOf(db, payment.reference),
    refundsOf(db, payment.id),
  ])
  const { library, debts } = config
  return receiptOf({
    reference: payment.reference,
    language,
    library: library.name[language],
    university: library.university[language],
    organisationNumber: library.organisationNumber,
    address: library.address ?? null,
    email: library.email,
    phone: library.phone ?? null,
    lines: lines.map((line) => ({
      name: debtName(line.debitType, language, debts.names),
      amount: line.amount,
      title: line.title,
      barcode: line.barcode,
    })),
    paidAt: payment.paidAt ?? payment.settledAt ?? payment.createdAt,
    paidWith: payment.paidWith,
    vat: lines.map(({ coding }) => coding.vat),
    kohaRegisteredAt: writeBack?.doneAt ?? null,
    bookedAt: postings[0]?.bookedAt ?? null,
    givenBack: givenBackOf(refunds),
  })
}
