import type { Refund } from '../refunds/store.ts'
import type { GivenBack } from './receipt.ts'

/**
 * Returns what a payer sees of the refunds of their payment: those that are done, on their way, or did not get through. One
 * that is only proposed is no promise yet, and one that was withdrawn never was.
 */
export function givenBackOf(refunds: Refund[]): GivenBack[] {
  return refunds.flatMap(({ state, amount, cause, settledAt, koha }) => {
    const seen = publicState[state]
    const owedAgain = seen === 'done' && (koha === 'waiting' || koha === 'done' || koha === 'by-hand')
    return seen === null
      ? []
      : [{ state: seen, amount, at: settledAt, forSurplus: cause === 'surplus', owedAgain }]
  })
}

const publicState: Record<Refund['state'], GivenBack['state'] | null> = {
  proposed: null,
  approved: 'under-way',
  sending: 'under-way',
  pending: 'under-way',
  done: 'done',
  failed: 'failed',
  withdrawn: null,
}
