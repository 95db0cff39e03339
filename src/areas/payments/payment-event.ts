import type { Ore } from '../../base/money.ts'

/** Of a refund: which, and its sum in öre. */
interface OfRefund {
  refund: string
  amount: Ore
}

/** What a person did about a case, of which kind and about what. */
interface OfCase {
  case: string
  subject: string
  why: string | null
}

/** All that can happen to a payment, with what is known of it as data: references, others' ids, sums in öre. */
export interface PaymentEvents {
  created: object
  opened: { checkout: string }
  /** `answer` is what the provider said, in its own words. */
  'not-opened': { answer: string | null }
  paid: object
  'paid-after-all': object
  declined: object
  cancelled: object
  expired: object
  /** Koha's numbers of the credits. */
  registered: { credits: (number | null)[] }
  'case-opened': { case: string; subject: string; facts: object }
  'tried-again': OfCase
  asked: OfCase
  'resolved-by-hand': OfCase & { went?: boolean }
  'given-back': OfCase
  'refund-proposed': OfRefund & { why: string | null }
  'refund-approved': OfRefund & { why: string | null }
  'refund-withdrawn': OfRefund & { why: string | null }
  'refund-sending': OfRefund
  'refund-pending': OfRefund
  'refund-pending-after-all': OfRefund
  refunded: OfRefund
  'refunded-after-all': OfRefund
  'refund-failed': OfRefund & { answer?: string | null }
  'refund-returned': OfRefund
  'refunded-elsewhere': OfRefund & { providerId: string }
  /** Koha's numbers of the debits. */
  'owed-again': { refund: string; debits: (number | null)[] }
  disputed: { dispute: string; amount: Ore }
  'dispute-returned': { dispute: string; amount: Ore }
}

export type EventKind = keyof PaymentEvents

/** What is recorded of an event. `by` is a part of Kvitt, a provider or a person. */
export type NewEvent = {
  [What in EventKind]: { what: What; facts: PaymentEvents[What] }
}[EventKind] & { at: Date; by: string }

/** An event as it was read. One of an older version has a sentence in `detail` and no facts, and may be of no known kind. */
export interface PaymentEvent {
  at: Date
  what: string
  by: string
  facts: object | null
  detail: string | null
}
