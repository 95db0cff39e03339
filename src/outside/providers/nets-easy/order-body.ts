import type { Texts } from '../../../base/language.ts'
import { type Ore, sum } from '../../../base/money.ts'
import type { Order } from '../../ports/provider.ts'

/** The events we ask for; a payment's truth is always read from the payment itself. Nexi, "Track events using webhooks". */
export const subscribedEvents = [
  'payment.created',
  'payment.reservation.created.v2',
  'payment.reservation.failed',
  'payment.checkout.completed',
  'payment.charge.created.v2',
  'payment.charge.failed.v2',
  'payment.cancel.created',
  'payment.refund.initiated.v2',
  'payment.refund.completed',
  'payment.refund.failed',
] as const

const LONGEST_TEXT = 128
const LONGEST_MY_REFERENCE = 36

/** Nexi's language codes for its page. */
export const pageLanguage: Texts<string> = { sv: 'sv-SE', en: 'en-GB' }

/**
 * Returns the body of POST /v1/payments for an order. Amounts are whole öre; the items add up to the amount, without
 * VAT lines: library fees carry none at this point, and Koha's amounts are what the borrower pays. Throws when the
 * order does not add up: Nexi would answer 1005, and the fault is ours.
 */
export function orderBody(order: Order, webhookSecret: string) {
  const itemSum = sum(order.lines.map((line) => line.amount))
  if (itemSum !== order.total) throw new RangeError(`Lines are ${itemSum} öre, the order ${order.total}`)
  const reference = cleanText(order.reference)
  return {
    order: {
      items: order.lines.map(({ reference, name, amount }, index) => item(reference, name, amount, index)),
      amount: order.total,
      currency: order.currency,
      reference: cut(reference, LONGEST_TEXT),
    },
    checkout: {
      integrationType: 'HostedPaymentPage',
      returnUrl: order.returnUrl,
      cancelUrl: order.cancelUrl,
      termsUrl: order.termsUrl,
      // Taken at once: nothing is shipped, and a reservation that nobody charges is money in nobody's hands.
      charge: true,
      // Nobody has to type name and address, and none is sent.
      merchantHandlesConsumerData: true,
      publicDevice: order.publicDevice,
      countryCode: 'SWE',
      appearance: {
        displayOptions: { showMerchantName: true, showOrderSummary: true },
        textOptions: { completePaymentButtonText: 'pay' },
      },
    },
    notifications: {
      webHooks: subscribedEvents.map((eventName) => ({
        eventName,
        url: order.webhookUrl,
        authorization: webhookSecret,
      })),
    },
    myReference: myReference(reference),
  }
}

/** Returns a reference as Nexi takes it in `myReference`: it comes back in events and reports. */
export function myReference(reference: string): string {
  return cut(cleanText(reference), LONGEST_MY_REFERENCE)
}

function item(reference: string, name: string, amount: Ore, index: number) {
  const cleanReference = cut(cleanText(reference), LONGEST_TEXT) || `row-${index + 1}`
  return {
    reference: cleanReference,
    name: cut(cleanText(name), LONGEST_TEXT) || cleanReference,
    quantity: 1,
    unit: 'st',
    unitPrice: amount,
    taxRate: 0,
    taxAmount: 0,
    netTotalAmount: amount,
    grossTotalAmount: amount,
  }
}

/**
 * Without the characters that Nexi forbids in one field or another (`< > ' " & \`) and without control characters.
 * The page allows some of them in names; the common shop module strips them everywhere, and so do we.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[<>'"&\\\p{Cc}\ufffd]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** At most `length` UTF-16 units, and never half a character. */
function cut(text: string, length: number): string {
  return text.length <= length
    ? text
    : text
        .slice(0, length)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()
}
