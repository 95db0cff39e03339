import type { Reachable, Trouble } from '../../base/answer.ts'
import type { Language } from '../../base/language.ts'
import type { Currency, Ore } from '../../base/money.ts'

/** One row of what is paid, as the provider may see it: a fee type and an opaque reference, never a title or a name. */
export interface OrderLine {
  reference: string
  name: string
  amount: Ore
}

export interface Order {
  /** Our payment's reference, the provider's order reference. */
  reference: string
  lines: OrderLine[]
  total: Ore
  currency: Currency
  language: Language
  /** Where the browser goes after paying and after giving up. */
  returnUrl: string
  cancelUrl: string
  termsUrl: string
  webhookUrl: string
  /** True on a shared computer: the provider must not remember the card. */
  publicDevice: boolean
  /** After this the checkout should not be payable. ISO date-time with zone. */
  expiresAt: string
}

export type CheckoutOutcome =
  | { kind: 'created'; checkoutId: string; url: string }
  | { kind: 'refused'; trouble: Trouble }
  | { kind: 'unknown'; trouble: Trouble }

export interface PaidWith {
  /** `card`, `swish`, … lower case. */
  method: string
  /** `Visa`, `Mastercard`, … or null. */
  brand: string | null
  lastDigits: string | null
}

/** Money given back, or on its way back, as the provider tells of it. */
export interface RefundFact {
  id: string
  amount: Ore
  state: 'pending' | 'done' | 'failed'
  /** The reference of ours that it carries, where the provider tells it (Stripe does, Nets Easy does not). */
  reference: string | null
}

/** What the provider says is true of a checkout, in sums and not in statuses of its own. */
export type CheckoutFact =
  /** All money is taken. `charged` is compared with ours before anything is believed. */
  | {
      kind: 'paid'
      charged: Ore
      refunded: Ore
      /** Every refund of it, whoever asked for it, failed ones too. */
      refunds: RefundFact[]
      /** What payers' banks have taken back in disputes (chargebacks) and not returned. */
      disputed: Ore
      currency: string
      chargeId: string
      paidAt: string | null
      with: PaidWith
    }
  /** Money is held and not taken. */
  | { kind: 'reserved'; reserved: Ore; currency: string }
  /** Can still be paid. */
  | { kind: 'open'; lastTry: 'declined' | null }
  /** Can never be paid any more. */
  | { kind: 'ended'; how: 'declined' | 'cancelled' | 'expired' }
  /** The provider knows no such checkout. */
  | { kind: 'absent' }
  /** No answer, or one that we do not understand. Neither paid nor failed. */
  | { kind: 'unknown'; trouble: Trouble }

export type CancelOutcome =
  | { kind: 'cancelled' }
  | { kind: 'too-late' }
  | { kind: 'unknown'; trouble: Trouble }

export type ChargeOutcome =
  | { kind: 'charged' }
  | { kind: 'declined'; trouble: Trouble }
  | { kind: 'unknown'; trouble: Trouble }

/** Money to be given back to the card it came from. `reference` makes a repeat harmless. */
export interface RefundOrder {
  checkoutId: string
  chargeId: string
  amount: Ore
  reference: string
}

/** `accepted` is not yet given back: a look tells. After `refused` it is certain that nothing will be. */
export type RefundOutcome =
  | { kind: 'accepted'; refundId: string }
  | { kind: 'refused'; trouble: Trouble }
  | { kind: 'unknown'; trouble: Trouble }

/** A webhook as it came: what a provider's reader may look at. Header names are lower case. */
export interface RawWebhook {
  body: Buffer
  headers: Record<string, string | string[] | undefined>
}

/**
 * `refused` means that the sender is not proved; `unreadable` that it is, but the body is no event we can file.
 * `subject` is what the event is about: the checkout, or the charge that was made in it, whichever it names.
 */
export type WebhookReading =
  | { kind: 'event'; event: string; eventId: string; subject: string | null }
  | { kind: 'refused'; reason: string }
  | { kind: 'unreadable'; reason: string }

export interface PaymentProvider extends Reachable {
  /** As in the configuration and in the webhook's address: `nets-easy`, `stripe`. */
  name: string
  /** What a person calls it: "Nexi Checkout". */
  title: string
  /** Origins that a browser is sent to from our forms; they go into the CSP's form-action. */
  checkoutOrigins: string[]
  /** How often one checkout may be asked about, so that our look-again plan stays below it. */
  looksPerHour: number
  /** Names of filed events that tell of a refused card. They choose a word on a page and nothing else. */
  declineEvents: string[]
  /** Names of filed events that tell something new of a payment that is paid: refunds and disputes. */
  moneyBackEvents: string[]
  /** Creates a payable page. `unknown` leaves nothing payable that we point at: the caller starts anew. */
  createCheckout(order: Order): Promise<CheckoutOutcome>
  look(checkoutId: string): Promise<CheckoutFact>
  /** Makes an unpaid checkout unpayable. */
  cancel(checkoutId: string): Promise<CancelOutcome>
  /** Takes reserved money. `key` makes a repeat harmless. */
  charge(checkoutId: string, amount: Ore, key: string): Promise<ChargeOutcome>
  /** Gives charged money back, all or some of it. */
  refund(order: RefundOrder): Promise<RefundOutcome>
  /** Proves the sender in constant time and reads what is needed to file the event. Synchronous: it stands in the fast door. */
  readWebhook(raw: RawWebhook, now: Date): WebhookReading
}
