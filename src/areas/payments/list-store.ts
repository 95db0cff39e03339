import { TIME_ZONE } from '../../base/calendar.ts'
import { type Ore, ore } from '../../base/money.ts'
import type { Sql } from '../../database/database.ts'
import type { PaymentState } from './payment.ts'

/** Which payments are asked for. What is null does not choose. */
export interface PaymentFilter {
  /** How the reference begins, upper case. */
  reference: string | null
  /** A state; or `under-way` (can still be paid), `koha` (paid, not registered there yet), `parked` (waits for a person). */
  state: PaymentState | 'under-way' | 'koha' | 'parked' | null
  /** ISO dates, local time, both included: the day it was paid, or begun if it was not. */
  from: string | null
  to: string | null
  /** Only these references. */
  among: string[] | null
}

/** A payment in a list, without whose it is. */
export interface ListedPayment {
  id: number
  reference: string
  state: PaymentState
  amount: Ore
  /** When it was paid, or begun if it was not. */
  at: Date
  provider: string
  checkoutId: string | null
  chargeId: string | null
  method: string | null
  parked: string | null
  /** Null while it is not paid. */
  koha: 'waiting' | 'done' | 'parked' | 'by-hand' | null
  kohaAt: Date | null
}

const LISTED = 'from payment left join write_back on write_back.payment_id = payment.id'

/** Each by an index of its own. */
const BY_STATE: Record<string, string> = {
  'under-way': `payment.state in ('created', 'open')`,
  koha: `payment.id in (select payment_id from write_back where state not in ('done', 'by-hand'))`,
  parked: 'payment.parked is not null',
}

const MIDNIGHT = (day: string) => `(${day})::timestamp at time zone '${TIME_ZONE}'`

/** When it was paid, or begun if it was not: what lists are ordered by (migration 0031). */
const AT = 'coalesce(payment.paid_at, payment.created_at)'

/** Only the conditions that choose something: with all of them in one statement, no index could serve. */
function chosen({ reference, state, from, to, among }: PaymentFilter): { where: string; values: unknown[] } {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const conditions = ['true']
  if (reference !== null) conditions.push(`starts_with(payment.reference, ${parameter(reference)})`)
  if (state !== null) conditions.push(BY_STATE[state] ?? `payment.state = ${parameter(state)}`)
  if (from !== null) conditions.push(`${AT} >= ${MIDNIGHT(`${parameter(from)}::date`)}`)
  if (to !== null) conditions.push(`${AT} < ${MIDNIGHT(`${parameter(to)}::date + 1`)}`)
  if (among !== null) conditions.push(`payment.reference = any(${parameter(among)})`)
  return { where: conditions.join(' and '), values }
}

export interface ListTotals {
  count: number
  amount: Ore
  paidCount: number
  paidAmount: Ore
}

/** How many payments the filter chooses and what they come to, all and those that are paid. */
export async function totalsOfPayments(sql: Sql, filter: PaymentFilter): Promise<ListTotals> {
  const { where, values } = chosen(filter)
  const [row] = await sql.query<{ count: number; amount: number; paid_count: number; paid_amount: number }>(
    `select count(*)::int as count, coalesce(sum(amount), 0)::bigint as amount,
            count(*) filter (where payment.state = 'paid')::int as paid_count,
            coalesce(sum(amount) filter (where payment.state = 'paid'), 0)::bigint as paid_amount
     from payment where ${where}`,
    values,
  )
  return {
    count: row?.count ?? 0,
    amount: ore(row?.amount ?? 0),
    paidCount: row?.paid_count ?? 0,
    paidAmount: ore(row?.paid_amount ?? 0),
  }
}

interface ListRow {
  id: number
  reference: string
  state: PaymentState
  amount: number
  at: Date
  provider: string
  checkout_id: string | null
  charge_id: string | null
  method: string | null
  parked: string | null
  koha: ListedPayment['koha']
  koha_at: Date | null
}

/** Returns payments, newest first by when they were paid or begun: those that come after the one with the id `before`. */
export async function listPayments(
  sql: Sql,
  filter: PaymentFilter,
  { before, limit }: { before: number | null; limit: number },
): Promise<ListedPayment[]> {
  const { where, values } = chosen(filter)
  const earlier =
    before === null
      ? 'true'
      : `(${AT}, payment.id) < (select ${AT}, payment.id from payment where payment.id = $${values.push(before)})`
  const rows = await sql.query<ListRow>(
    `select payment.id, reference, payment.state, amount, ${AT} as at, provider,
            checkout_id, charge_id, coalesce(paid_with->>'brand', paid_with->>'method') as method, parked,
            write_back.state as koha, write_back.done_at as koha_at
     ${LISTED} where ${where} and ${earlier} order by ${AT} desc, payment.id desc limit $${values.push(limit)}`,
    values,
  )
  return rows.map((row) => ({
    id: row.id,
    reference: row.reference,
    state: row.state,
    amount: ore(row.amount),
    at: row.at,
    provider: row.provider,
    checkoutId: row.checkout_id,
    chargeId: row.charge_id,
    method: row.method,
    parked: row.parked,
    koha: row.koha,
    kohaAt: row.koha_at,
  }))
}
