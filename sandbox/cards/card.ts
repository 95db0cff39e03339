import type { Decline, Method } from './payment.ts'

/** What a card number leads to. */
export type CardOutcome =
  | { kind: 'approved'; method: Method }
  | { kind: 'asks-for-code'; method: Method }
  | { kind: 'declined'; decline: Decline }
  | { kind: 'broken' }
  | { kind: 'invalid'; field: 'number' | 'expiry' | 'cvc' }

export interface CardFields {
  number: string
  /** MM/YY */
  expiry: string
  cvc: string
}

/** The code that 3-D Secure asks for on this page. */
export const strongCode = '1234'

/** Numbers with a meaning. Stripe's test numbers, and the Visa that Nets's test service is used with. */
export const testCards = [
  { number: '4242424242424242', sv: 'betalas', en: 'is paid' },
  { number: '4268270087374847', sv: 'betalas (Nexis testkort)', en: "is paid (Nexi's test card)" },
  { number: '4000000000000002', sv: 'nekas; försök igen', en: 'is declined; try again' },
  { number: '4000002500003155', sv: 'frågar efter kod (1234)', en: 'asks for a code (1234)' },
  { number: '4000000000000069', sv: 'har gått ut', en: 'has expired' },
  { number: '4000000000000119', sv: 'betaltjänsten går sönder', en: 'breaks the payment service' },
] as const

export const declines = {
  declined: {
    code: '05',
    stripeCode: 'card_declined',
    stripeDecline: 'generic_decline',
    message: 'Your card was declined.',
  },
  expired: {
    code: '54',
    stripeCode: 'expired_card',
    stripeDecline: 'expired_card',
    message: 'Your card has expired.',
  },
  notAuthenticated: {
    code: '1A',
    stripeCode: 'payment_intent_authentication_failure',
    stripeDecline: null,
    message: 'We are unable to authenticate your payment method.',
  },
} as const satisfies Record<string, Decline>

/** What becomes of a card: decided by its number, after the form's own rules. */
export function cardOutcome({ number, expiry, cvc }: CardFields, now: Date): CardOutcome {
  const digits = number.replace(/[\s-]/g, '')
  if (!/^\d{15,19}$/.test(digits) || !luhn(digits)) return { kind: 'invalid', field: 'number' }
  const month = /^(0[1-9]|1[0-2])\s*\/?\s*(\d{2})$/.exec(expiry.trim())
  if (!month || past(Number(month[1]), 2000 + Number(month[2]), now))
    return { kind: 'invalid', field: 'expiry' }
  if (!/^\d{3,4}$/.test(cvc.trim())) return { kind: 'invalid', field: 'cvc' }
  const method = cardMethod(digits, `${month[1]}${month[2]}`)
  if (digits === '4000000000000002') return { kind: 'declined', decline: declines.declined }
  if (digits === '4000000000000069') return { kind: 'declined', decline: declines.expired }
  if (digits === '4000000000000119') return { kind: 'broken' }
  if (digits === '4000002500003155') return { kind: 'asks-for-code', method: { ...method, strong: true } }
  return { kind: 'approved', method }
}

export const swish: Method = {
  type: 'A2A',
  name: 'Swish',
  maskedPan: '',
  lastDigits: '',
  expiry: '',
  strong: true,
}

function cardMethod(digits: string, expiry: string): Method {
  return {
    type: 'CARD',
    name: digits.startsWith('4') ? 'Visa' : 'MasterCard',
    maskedPan: `${digits.slice(0, 6)}${'*'.repeat(digits.length - 10)}${digits.slice(-4)}`,
    lastDigits: digits.slice(-4),
    expiry,
    strong: false,
  }
}

function past(month: number, year: number, now: Date): boolean {
  return Date.UTC(year, month, 1) <= now.getTime()
}

function luhn(digits: string): boolean {
  let total = 0
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place])
    const doubled = place % 2 === 1 ? digit * 2 : digit
    total += doubled > 9 ? doubled - 9 : doubled
  }
  return total % 10 === 0
}
