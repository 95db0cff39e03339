import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { CardPayment } from './payment.ts'
import type { CardWorld } from './world.ts'

/** What Stripe lets through in POST /v1/checkout/sessions, as far as payments of fees need it. Form values are text. */

const whole = z
  .string()
  .regex(/^\d{1,12}$/, 'Invalid integer')
  .transform(Number)

const rowFields = z.object({
  quantity: whole.default(1),
  price_data: z.object({
    currency: z.string().regex(/^[a-zA-Z]{3}$/, 'Invalid currency'),
    unit_amount: whole,
    product_data: z.object({ name: z.string().min(1) }),
  }),
})

/** `line_items[0]…` may have been read as a list or as an object with numbers for keys. */
const rows = z.preprocess(
  (value) => (typeof value === 'object' && value !== null ? Object.values(value) : value),
  z.array(rowFields).min(1).max(100),
)

const metadata = z.record(z.string(), z.string()).default({})

const fields = z.object({
  mode: z.literal('payment'),
  ui_mode: z.enum(['hosted_page', 'embedded_page', 'elements', 'form']).default('hosted_page'),
  success_url: z
    .string()
    .refine((url) => URL.canParse(url.replace('{CHECKOUT_SESSION_ID}', 'x')), 'Not a valid URL'),
  cancel_url: z.url().optional(),
  client_reference_id: z.string().max(200).default(''),
  locale: z.string().optional(),
  expires_at: whole.optional(),
  metadata,
  line_items: rows,
})

export type SessionReading =
  | { ok: true; payment: CardPayment }
  | { ok: false; param: string; message: string }

const HALF_HOUR = 30 * 60 * 1000
const DAY = 24 * 3600 * 1000

export function readStripeSession(world: CardWorld, form: unknown): SessionReading {
  const parsed = fields.safeParse(form)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const [first = '', ...rest] = issue?.path ?? []
    return {
      ok: false,
      param: String(first) + rest.map((part) => `[${String(part)}]`).join(''),
      message: issue?.message ?? '',
    }
  }
  const now = world.now()
  const { expires_at: wanted } = parsed.data
  const expiresAt = wanted === undefined ? new Date(now.getTime() + DAY) : new Date(wanted * 1000)
  const lives = expiresAt.getTime() - now.getTime()
  // Whole seconds were sent: a second is let pass.
  if (lives < HALF_HOUR - 1000 || lives > DAY + 1000) {
    return {
      ok: false,
      param: 'expires_at',
      message: 'The `expires_at` timestamp must be within 30 minutes to 24 hours.',
    }
  }
  return { ok: true, payment: paymentFrom(parsed.data, now, expiresAt) }
}

function paymentFrom(data: z.output<typeof fields>, createdAt: Date, expiresAt: Date): CardPayment {
  const items = data.line_items.map(({ quantity, price_data }, index) => ({
    reference: `row-${index + 1}`,
    name: price_data.product_data.name,
    quantity,
    unit: 'st',
    unitPrice: price_data.unit_amount,
    taxRate: 0,
    taxAmount: 0,
    netTotalAmount: quantity * price_data.unit_amount,
    grossTotalAmount: quantity * price_data.unit_amount,
  }))
  return {
    id: `cs_test_b1${randomBytes(28).toString('hex')}`,
    provider: 'stripe',
    reference: data.client_reference_id,
    myReference: null,
    items,
    amount: items.reduce((sum, { grossTotalAmount }) => sum + grossTotalAmount, 0),
    currency: data.line_items[0]?.price_data.currency.toUpperCase() ?? 'SEK',
    language: data.locale?.startsWith('sv') ? 'sv' : 'en',
    returnUrl: data.success_url,
    cancelUrl: data.cancel_url ?? data.success_url,
    autoCharge: true,
    createdAt,
    expiresAt,
    closed: null,
    pressedPay: false,
    method: null,
    decline: null,
    challenge: null,
    reserved: 0,
    cancelled: 0,
    reservationId: '',
    charges: [],
    refunds: [],
    disputes: [],
    looks: [],
    targets: [],
    metadata: data.metadata,
  }
}
