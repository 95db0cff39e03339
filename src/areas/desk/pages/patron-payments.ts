import { nothing, type Ore } from '../../../base/money.ts'
import type { Uses } from '../../../work/context.ts'
import { postingsOf } from '../../ledger/store.ts'
import { canStillBePaid } from '../../payments/payment.ts'
import { type StateWord, stateWord } from '../../payments/state-word.ts'
import { type Payment, paymentsOf } from '../../payments/store.ts'
import { type WriteBack, writeBackOf } from '../../payments/write-back-store.ts'
import { givenBackSums } from '../../refunds/store.ts'

/** One of the three proofs of a payment: where it stands, and since when. */
export type Proof = { state: 'done'; at: Date } | { state: 'waiting' | 'checking' }

export interface DeskPayment extends StateWord {
  reference: string
  amount: Ore
  /** What has gone back to the payer, öre. */
  givenBack: Ore
  /** When it was paid, or begun. */
  at: Date
  /** Until when it can be paid; null when it cannot. */
  payableUntil: Date | null
  /** Provider, Koha, books; null for what was never paid. */
  proofs: { provider: Proof; koha: Proof; books: Proof } | null
}

const MOST = 20

/** Returns a patron's latest payments with their proofs, newest first. */
export async function patronPayments({ db }: Uses<'db'>, patronId: number): Promise<DeskPayment[]> {
  const payments = await paymentsOf(db, patronId, MOST)
  const givenBack = await givenBackSums(
    db,
    payments.map(({ id }) => id),
  )
  return Promise.all(
    payments.map(async (payment) => {
      if (payment.state !== 'paid') return presentPayment(payment, undefined, undefined)
      const [writeBack, postings] = await Promise.all([
        writeBackOf(db, payment.id),
        postingsOf(db, payment.reference),
      ])
      return presentPayment(payment, writeBack, postings[0]?.bookedAt, givenBack.get(payment.id))
    }),
  )
}

export function presentPayment(
  payment: Payment,
  writeBack: Pick<WriteBack, 'state' | 'doneAt'> | undefined,
  bookedAt: Date | undefined,
  givenBack: Ore = nothing,
): DeskPayment {
  const { reference, amount, state, parked, paidAt, createdAt, expiresAt } = payment
  return {
    ...stateWord({ state, parked, koha: writeBack?.doneAt ? 'done' : 'waiting' }),
    reference,
    amount,
    givenBack,
    at: paidAt ?? createdAt,
    payableUntil: canStillBePaid(state) ? expiresAt : null,
    proofs:
      state === 'paid'
        ? {
            provider: { state: 'done', at: paidAt ?? createdAt },
            koha: kohaProof(writeBack),
            books: bookedAt ? { state: 'done', at: bookedAt } : { state: 'waiting' },
          }
        : null,
  }
}

function kohaProof(writeBack: Pick<WriteBack, 'state' | 'doneAt'> | undefined): Proof {
  if (writeBack?.state === 'parked') return { state: 'checking' }
  return writeBack?.doneAt ? { state: 'done', at: writeBack.doneAt } : { state: 'waiting' }
}
