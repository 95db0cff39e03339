import type { Refund } from '../refunds/store.ts'
import type { GivenBack } from './receipt.ts'

/**
 * What a payer is told of the refunds of their payment: those that are done, on their way, or did not get through. One
 * that is only proposed is no promise yet, and one that was withdrawn never was.
 */
export function givenBackOf(refunds: Refund[]): GivenBack[] {
  return refunds.flatMap(({ state, amount, cause, settledAt, koha }) => {
    const told = toldOf[state]
    const owedAgain = told === 'done' && (koha === 'waiting' || koha === 'done' || koha === 'by-hand')
    return told === null
      ? []
      : [{ state: told, amount, at: settledAt, forSurplus: cause === 'surplus', owedAgain }]
  })
}

const toldOf: Record<Refund['state'], GivenBack['state'] | null> = {
  proposed: null,
  approved: 'under-way',
  sending: 'under-way',
  pending: 'under-way',
  done: 'done',
  failed: 'failed',
  withdrawn: null,
}
