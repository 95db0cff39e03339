/** One row of an order, with Nets Easy's keys; Stripe's rows are written the same way. Amounts are whole öre. */
export interface OrderItem {
  reference: string
  name: string
  quantity: number
  unit: string
  unitPrice: number
  taxRate: number
  taxAmount: number
  netTotalAmount: number
  grossTotalAmount: number
}

export interface WebhookTarget {
  eventName: string
  url: string
  authorization: string
  headers: Record<string, string>
}

/** How a payment was paid, or was tried last. */
export interface Method {
  type: 'CARD' | 'A2A'
  name: string
  maskedPan: string
  lastDigits: string
  /** MMYY */
  expiry: string
  strong: boolean
}

export interface Charge {
  id: string
  amount: number
  at: Date
  items: OrderItem[]
}

export interface Refund {
  id: string
  chargeId: string
  amount: number
  at: Date
  state: 'Pending' | 'Completed' | 'Failed' | 'Cancelled'
  reference: string | null
  /** Stripe keeps what the merchant wrote beside it. */
  metadata: Record<string, string>
}

/** A payer's bank wants the money back (chargeback). Stripe tells of them; Nets Easy does not. */
export interface Dispute {
  id: string
  chargeId: string
  amount: number
  at: Date
  state: 'needs_response' | 'won' | 'lost'
}

export interface Decline {
  /** The issuer's code as Nets tells it. */
  code: string
  /** Stripe's `code` and `decline_code`. */
  stripeCode: string
  stripeDecline: string | null
  message: string
}

/** A payment as the sandbox remembers it, for both providers alike; each API tells it in its own words. */
export interface CardPayment {
  id: string
  provider: 'nets-easy' | 'stripe'
  reference: string
  myReference: string | null
  items: OrderItem[]
  amount: number
  currency: string
  language: 'sv' | 'en'
  returnUrl: string
  cancelUrl: string
  autoCharge: boolean
  createdAt: Date
  expiresAt: Date | null
  closed: { how: 'terminated' | 'expired'; at: Date } | null
  pressedPay: boolean
  method: Method | null
  decline: Decline | null
  /** A card that waits for its 3-D Secure code. */
  challenge: Method | null
  reserved: number
  cancelled: number
  reservationId: string
  charges: Charge[]
  refunds: Refund[]
  disputes: Dispute[]
  /** Milliseconds of each look within the last hour. */
  looks: number[]
  targets: WebhookTarget[]
  metadata: Record<string, string>
  /** What is answered when somebody asks about it, in place of what is true, until something is done to it. */
  told?: unknown
}

/** The sum of a payment's charges, öre. */
export function chargedSum(payment: CardPayment): number {
  return payment.charges.reduce((sum, charge) => sum + charge.amount, 0)
}

/** The sum of a payment's completed refunds, öre. */
export function refundedSum(payment: CardPayment): number {
  return payment.refunds
    .filter((refund) => refund.state === 'Completed')
    .reduce((sum, refund) => sum + refund.amount, 0)
}

/** True while a borrower can still pay it. A Stripe session closes by itself when its time is up. */
export function payable(payment: CardPayment): boolean {
  return payment.closed === null && payment.reserved === 0 && payment.charges.length === 0
}

/** Whether a payer's bank can take it back now: Stripe tells of that, Nets Easy does not. */
export function disputable(payment: CardPayment): boolean {
  const taken = payment.disputes.some(({ state }) => state !== 'won')
  return payment.provider === 'stripe' && !taken && chargedSum(payment) > refundedSum(payment)
}

/** The dispute that the bank has not decided yet, if there is one. */
export function openDispute({ disputes }: CardPayment): Dispute | undefined {
  return disputes.find(({ state }) => state === 'needs_response')
}
