import type { Texts } from '../../../base/language.ts'
import { decimalText, sum } from '../../../base/money.ts'
import type { Order, OrderLine } from '../../ports/provider.ts'
import type { FormValue } from './form.ts'

/** Stripe takes sessions that live 30 minutes to 24 hours; a minute is kept for clocks that differ and slow lines. */
const SHORTEST_SECONDS = 31 * 60
const LONGEST_SECONDS = 24 * 3600 - 60
/** docs.stripe.com/api/checkout/sessions/create: at most 100 line items. */
const MOST_ROWS = 100
const LONGEST_NAME = 250
const LONGEST_REFERENCE = 200
const MOST_CODINGS = 40

/** docs.stripe.com/js/appendix/supported_locales: the language of Stripe's page. */
const pageLocale: Texts<string> = { sv: 'sv', en: 'en-GB' }

/**
 * Returns the fields of POST /v1/checkout/sessions for an order. Amounts are whole öre. Throws when the order does
 * not add up: Stripe would take the sum of the rows and not ours.
 */
export function sessionFields(order: Order, now: Date): { [key: string]: FormValue } {
  const rowSum = sum(order.lines.map((line) => line.amount))
  if (rowSum !== order.total) throw new RangeError(`Lines are ${rowSum} öre, the order ${order.total}`)
  const metadata = { kvitt_reference: order.reference, ...codingMetadata(order.lines) }
  return {
    mode: 'payment',
    ui_mode: 'hosted_page',
    submit_type: 'pay',
    client_reference_id: order.reference.slice(0, LONGEST_REFERENCE),
    success_url: order.returnUrl,
    cancel_url: order.cancelUrl,
    locale: pageLocale[order.language],
    expires_at: expiresAt(order.expiresAt, now),
    metadata,
    payment_intent_data: { metadata },
    // Kronor stay kronor, whatever the dashboard offers travellers.
    adaptive_pricing: { enabled: false },
    wallet_options: order.publicDevice ? { link: { display: 'never' } } : undefined,
    line_items: rowsFor(order.lines).map(({ name, amount }) => ({
      quantity: 1,
      price_data: {
        currency: order.currency.toLowerCase(),
        unit_amount: amount,
        product_data: { name },
      },
    })),
  }
}

/**
 * Where the money belongs, for Stripe's reports: `coding_1: "31900.600130.70 160.00"`, one key for each code string.
 * Stripe keeps fifty keys; with more codings than these take, the last says how many are not listed.
 */
function codingMetadata(lines: OrderLine[]): Record<string, string> {
  const codings = [...Map.groupBy(lines, (line) => line.reference)].map(
    ([reference, group]) =>
      `${reference.slice(0, LONGEST_REFERENCE)} ${decimalText(sum(group.map((line) => line.amount)))}`,
  )
  const listed =
    codings.length <= MOST_CODINGS
      ? codings
      : [...codings.slice(0, MOST_CODINGS - 1), `and ${codings.length - MOST_CODINGS + 1} more`]
  return Object.fromEntries(listed.map((coding, index) => [`coding_${index + 1}`, coding]))
}

/** Unix seconds within what Stripe takes. A payment that should close sooner is expired by its caller. */
function expiresAt(wanted: string, now: Date): number {
  const start = Math.floor(now.getTime() / 1000)
  const end = Math.floor(Date.parse(wanted) / 1000)
  return Math.min(Math.max(end, start + SHORTEST_SECONDS), start + LONGEST_SECONDS)
}

type Row = Pick<OrderLine, 'name' | 'amount'>

/** One row per line; with more lines than Stripe takes, one per fee type; and the rest of those in the last row. */
function rowsFor(lines: OrderLine[]): Row[] {
  const rows = lines.map(({ name, amount }) => ({ name: rowName(name), amount }))
  if (rows.length <= MOST_ROWS) return rows
  const byName = Map.groupBy(rows, (row) => row.name)
  const merged = [...byName].map(([name, group]) => ({ name, amount: sum(group.map((row) => row.amount)) }))
  if (merged.length <= MOST_ROWS) return merged
  const rest = merged.slice(MOST_ROWS - 1)
  return [...merged.slice(0, MOST_ROWS - 1), { name: '…', amount: sum(rest.map((row) => row.amount)) }]
}

/** A product needs a name; control characters and halves of characters are left out. */
function rowName(name: string): string {
  const clean = name
    .toWellFormed()
    .replace(/[\p{Cc}\ufffd]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return clean.slice(0, LONGEST_NAME).replace(/[\ud800-\udbff]$/, '') || '–'
}
