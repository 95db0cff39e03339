import { z } from 'zod'

/** What Nets Easy lets through in POST /v1/payments, as its reference page says. Faults: `{errors: {path: [text]}}`. */

/** In item references and names. */
const FEW_FORBIDDEN = /[<>\\]/
/** In units, order references and myReference. */
const MANY_FORBIDDEN = /[<>'"&\\]/
const ADDRESS_FORBIDDEN = /[<>'"\\]/

const INVALID = 'Field contains invalid characters'

const shortText = z.string('Field is required').min(1, 'Field is required').max(128, 'Field is too long')
const strictText = shortText.refine((text) => !MANY_FORBIDDEN.test(text), INVALID)
const itemText = shortText.refine((text) => !FEW_FORBIDDEN.test(text), INVALID)
const address = z
  .string('Field is required')
  .refine(
    (text) => URL.canParse(text) && !ADDRESS_FORBIDDEN.test(text),
    'Field is not accepted as a valid URL',
  )

const item = z.object({
  reference: itemText,
  name: itemText,
  quantity: z.number().min(0),
  unit: strictText,
  unitPrice: z.int(),
  taxRate: z.int().min(0).max(99_999).default(0),
  taxAmount: z.int().default(0),
  netTotalAmount: z.int(),
  grossTotalAmount: z.int(),
})

const order = z
  .object({
    items: z.array(item).min(1, 'The order must contain at least one item'),
    amount: z.int().min(1, 'Must be greater than zero'),
    currency: z.string().regex(/^[A-Z]{3}$/),
    reference: strictText.optional(),
  })
  .refine(
    ({ amount, items }) => amount === items.reduce((sum, { grossTotalAmount }) => sum + grossTotalAmount, 0),
    {
      path: ['amount'],
      message: 'The amount differs from the sum of the order items',
    },
  )

const checkout = z.object({
  integrationType: z.enum(['HostedPaymentPage', 'EmbeddedCheckout']).default('EmbeddedCheckout'),
  returnUrl: address.optional(),
  cancelUrl: address.optional(),
  url: address.optional(),
  termsUrl: address,
  charge: z.boolean().default(false),
  merchantHandlesConsumerData: z.boolean().default(false),
  publicDevice: z.boolean().default(false),
  countryCode: z.string().length(3).optional(),
})

const webHook = z.object({
  eventName: z.string().refine((text) => !MANY_FORBIDDEN.test(text), INVALID),
  url: address.refine((text) => text.length <= 256, 'Field is too long'),
  authorization: z.string().regex(/^[A-Za-z0-9]{8,64}$/, 'Must be 8 to 64 alphanumeric characters'),
  headers: z.array(z.record(z.string(), z.string())).optional(),
})

const body = z
  .object({
    order,
    checkout,
    notifications: z.object({ webHooks: z.array(webHook).max(32).default([]) }).optional(),
    myReference: strictText.max(36, 'Field is too long').optional(),
  })
  .refine(({ checkout }) => checkout.integrationType !== 'HostedPaymentPage' || checkout.returnUrl, {
    path: ['checkout', 'returnUrl'],
    message: 'Field is required',
  })
  .refine(({ checkout }) => checkout.integrationType !== 'EmbeddedCheckout' || checkout.url, {
    path: ['checkout', 'url'],
    message: 'Field is required',
  })

export type NetsOrder = z.output<typeof body>

export type NetsOrderReading =
  | { ok: true; order: NetsOrder }
  | { ok: false; errors: Record<string, string[]> }

/** Reads an order, or says all that is wrong with it in Nets's way. */
export function readNetsOrder(
  raw: unknown,
  { refuseLoopback }: { refuseLoopback: boolean },
): NetsOrderReading {
  const parsed = body.safeParse(raw)
  const errors: Record<string, string[]> = {}
  for (const issue of parsed.error?.issues ?? []) {
    const path = netsPath(issue.path)
    errors[path] = [...(errors[path] ?? []), issue.message]
  }
  const hooks = parsed.data?.notifications?.webHooks ?? []
  hooks.forEach(({ url }, index) => {
    if (refuseLoopback && isLoopback(url)) {
      errors[`notifications.WebHooks[${index}].Url`] = ['Field is not accepted as a valid URL']
    }
  })
  if (!parsed.success || Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, order: parsed.data }
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]'
}

/** `order.Items[0].Name`: the first part as sent, the others with a capital, numbers in brackets. */
function netsPath(path: PropertyKey[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`
      const name = String(part)
      return index === 0 ? name : `.${name.charAt(0).toUpperCase()}${name.slice(1)}`
    })
    .join('')
}
