import type { Payment } from '../../payments/store.ts'

export interface WaitingView {
  /** Whether the browser comes back from the provider: then the payment is most likely made, and only we do not know yet. */
  returned: boolean
  /** It has lasted so long that the borrower wonders. */
  long: boolean
  /** Without JavaScript the page comes again by itself: after so many seconds, at this address. Null: no more. */
  refresh: { seconds: number; address: string } | null
  checkoutUrl: string | null
  /** Giving up was asked for, and the payment is still open. */
  notCancelled: boolean
}

/** Seconds between two refreshes, and how many there are: a minute of short ones, then a quarter of an hour of long ones. */
const SHORT = { seconds: 3, turns: 20 }
const LONG = { seconds: 10, turns: 90 }

/** Shows the page of a payment that is not decided yet. `turn` counts the refreshes so far, so that the server needs no memory of who has waited how long. */
export function presentWaiting(
  payment: Payment,
  { returned, turn, cancel }: { returned?: '1' | undefined; turn: number; cancel?: '1' | undefined },
): WaitingView {
  const long = turn >= SHORT.turns
  const address = `/payments/${payment.reference}?returned=1&turn=${turn + 1}`
  const over = turn >= SHORT.turns + LONG.turns
  return {
    returned: returned === '1',
    long,
    refresh: returned !== '1' || over ? null : { seconds: (long ? LONG : SHORT).seconds, address },
    checkoutUrl: payment.checkoutUrl,
    notCancelled: cancel === '1',
  }
}
