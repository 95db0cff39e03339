import type { RequestHandler } from 'express'
import { nothing, type Ore } from '../../../base/money.ts'
import { showPage } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import type { PaymentState } from '../../payments/payment.ts'
import { type Payment, paymentsOf } from '../../payments/store.ts'
import { givenBackSums } from '../../refunds/store.ts'
import { patronOf } from './patron-of.ts'

/** A borrower's word for a payment: few, and the same everywhere. `common.status.…` */
export type StatusWord = 'waiting' | 'paid' | 'declined' | 'cancelled' | 'checking'

const wordFor = {
  created: 'waiting',
  open: 'waiting',
  paid: 'paid',
  declined: 'declined',
  cancelled: 'cancelled',
  expired: 'cancelled',
  failed: 'cancelled',
} as const satisfies Record<PaymentState, StatusWord>

export interface PaymentRow {
  reference: string
  amount: Ore
  /** What has gone back to the payer, öre. */
  givenBack: Ore
  at: Date
  status: StatusWord
  /** More about the word, where it needs it: `payments.why.…` */
  why: 'expired' | 'failed' | null
}

const MOST = 100

/** GET /payments: the borrower's payments, newest first. */
export function paymentsPage({ db }: Context): RequestHandler {
  return async (req, res) => {
    const payments = await paymentsOf(db, patronOf(req), MOST)
    const givenBack = await givenBackSums(
      db,
      payments.map(({ id }) => id),
    )
    const rows = payments.map((payment) => presentPayment(payment, givenBack.get(payment.id) ?? nothing))
    showPage(res, 'borrower/payments', { rows, most: payments.length === MOST ? MOST : null })
  }
}

export function presentPayment(
  { reference, amount, state, parked, paidAt, createdAt }: Payment,
  givenBack: Ore,
): PaymentRow {
  const checking = parked !== null && state !== 'paid'
  return {
    reference,
    amount,
    givenBack,
    at: paidAt ?? createdAt,
    status: checking ? 'checking' : wordFor[state],
    why: !checking && (state === 'expired' || state === 'failed') ? state : null,
  }
}
