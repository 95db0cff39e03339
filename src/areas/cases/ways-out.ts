import type { ParkReason } from '../payments/payment.ts'

/** What a person can do about parked work, beside saying that it is resolved by hand. */
export interface WaysOut {
  /** Let Kvitt do again what it could not do or decide. */
  tryAgain: boolean
  /** Ask the provider what is true now. */
  askProvider: boolean
  /** Koha will not have the credit: close it as it is, so that what was not credited can be given back. */
  giveBack: boolean
}

const none: WaysOut = { tryAgain: false, askProvider: false, giveBack: false }

/** For each reason, as data. A surplus is refunded on the payment's page and then leaves the list by itself. */
export const waysOut: Record<ParkReason, WaysOut> = {
  'amount-differs': { ...none, askProvider: true },
  'currency-differs': { ...none, askProvider: true },
  'checkout-unknown': { ...none, askProvider: true },
  surplus: none,
  'koha-undecidable': { ...none, tryAgain: true },
  'koha-refuses': { ...none, tryAgain: true, giveBack: true },
  'koha-differs': none,
  'refund-undecidable': { ...none, tryAgain: true, askProvider: true },
  'refund-failed': { ...none, askProvider: true },
  'refund-not-in-koha': { ...none, tryAgain: true },
  'refunded-elsewhere': { ...none, tryAgain: true },
  disputed: { ...none, askProvider: true },
}
