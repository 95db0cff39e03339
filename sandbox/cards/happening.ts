import type { Decline, Dispute, Refund } from './payment.ts'

/** What can happen to a payment, in nobody's words. Each provider turns it into events of its own, or into none. */
export type Happening =
  | { kind: 'pay-pressed' }
  | { kind: 'reserved' }
  | { kind: 'declined'; decline: Decline }
  | { kind: 'checkout-completed' }
  | { kind: 'charged'; chargeId: string }
  | { kind: 'charge-failed'; chargeId: string }
  | { kind: 'cancelled'; cancelId: string; amount: number }
  | { kind: 'expired' }
  | { kind: 'refund-initiated'; refund: Refund }
  | { kind: 'refund-completed'; refund: Refund }
  | { kind: 'refund-failed'; refund: Refund }
  | { kind: 'dispute-opened'; dispute: Dispute }
  | { kind: 'dispute-closed'; dispute: Dispute }
