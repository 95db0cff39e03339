import { decimalText, nothing, type Ore } from '../../../base/money.ts'
import type { Context } from '../../../work/context.ts'
import type { Payment } from '../../payments/store.ts'
import type { WriteBack } from '../../payments/write-back-store.ts'
import type { Person } from '../../people/signed-in.ts'
import { disputedOf, disputesOf } from '../../refunds/dispute-store.ts'
import { isOnItsWay, refundable } from '../../refunds/refund.ts'
import { type Refund, refundsOf } from '../../refunds/store.ts'

/** What the payment's page shows of money given back, and what this person may do about it. */
export interface MoneyBack {
  refunds: (Pick<
    Refund,
    | 'reference'
    | 'state'
    | 'amount'
    | 'cause'
    | 'reason'
    | 'proposedBy'
    | 'approvedBy'
    | 'koha'
    | 'lastTrouble'
  > & {
    mayApprove: boolean
    mayWithdraw: boolean
  })[]
  /** What can still be given back, öre; null when the payment is not paid. */
  left: Ore | null
  /** The same as a person would write it in the field. */
  leftText: string
  mayAct: boolean
  mayPropose: boolean
  registered: boolean
  approvalFrom: Ore
  /** What has caused postings beside the payment itself. */
  causes: string[]
}

export async function readMoneyBack(
  { db, config }: Pick<Context, 'db' | 'config'>,
  payment: Payment,
  writeBack: WriteBack | undefined,
  person: Person | undefined,
): Promise<MoneyBack> {
  const [refunds, disputed, disputes] = await Promise.all([
    refundsOf(db, payment.id),
    disputedOf(db, payment.id),
    disputesOf(db, payment.id),
  ])
  const roles = person?.roles ?? []
  const mayAct = roles.includes('economy') || roles.includes('approver')
  const left = payment.state === 'paid' ? refundable(payment.amount, refunds, disputed) : null
  const registered = writeBack?.state === 'done' || writeBack?.state === 'by-hand'
  return {
    refunds: refunds.map((refund) => ({
      ...refund,
      mayApprove:
        refund.state === 'proposed' &&
        roles.includes('approver') &&
        refund.proposedBy !== person?.identity.id,
      mayWithdraw: refund.state === 'proposed' && mayAct,
    })),
    left,
    leftText: decimalText(left ?? nothing).replace('.', ','),
    registered,
    mayPropose: mayAct && registered && (left ?? 0) > 0 && !refunds.some(({ state }) => isOnItsWay(state)),
    approvalFrom: config.refunds.approvalFrom,
    mayAct,
    causes: [...refunds.map(({ reference }) => reference), ...disputes.map(({ reference }) => reference)],
  }
}
