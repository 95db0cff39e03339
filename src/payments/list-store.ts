import type { Sql } from '../database/database.ts'
import { TIME_ZONE } from '../local-time.ts'
import { type Ore, ore } from '../money.ts'
import type { ParkReason, PaymentState } from './payment.ts'
import { asPayment, type Payment } from './store.ts'

type PaymentRow = Parameters<typeof asPayment>[0]

/** Undefined when there is none. */
export async function paymentById(sql: Sql, id: number): Promise<Payment | undefined> {
  const [row] = await sql.query<PaymentRow>('select * from payment where id = $1', [id])
  return row && asPayment(row)
}

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
  parked: ParkReason | null
  /** Null while it is not paid. */
  koha: 'waiting' | 'done' | 'parked' | 'by-hand' | null
  kohaAt: Date | null
}

const CHOSEN = `
  from payment left join write_back on write_back.payment_id = payment.id
  where ($1::text is null or starts_with(payment.reference, $1))
    and ($2::text is null or payment.state = $2
         or ($2 = 'under-way' and payment.state in ('created', 'open'))
         or ($2 = 'koha' and write_back.state not in ('done', 'by-hand'))
         or ($2 = 'parked' and payment.parked is not null))
    and ($3::date is null or (coalesce(paid_at, payment.created_at) at time zone '${TIME_ZONE}')::date >= $3)
    and ($4::date is null or (coalesce(paid_at, payment.created_at) at time zone '${TIME_ZONE}')::date <= $4)
    and ($5::text[] is null or payment.reference = any($5))`

function valuesOf({ reference, state, from, to, among }: PaymentFilter): unknown[] {
  return [reference, state, from, to, among]
}

export interface ListTotals {
  count: number
  amount: Ore
  paidCount: number
  paidAmount: Ore
}

/** How many payments the filter chooses and what they come to, all and those that are paid. */
export async function totalsOfPayments(sql: Sql, filter: PaymentFilter): Promise<ListTotals> {
  const [row] = await sql.query<{ count: number; amount: number; paid_count: number; paid_amount: number }>(
    `select count(*)::int as count, coalesce(sum(amount), 0)::bigint as amount,
            count(*) filter (where payment.state = 'paid')::int as paid_count,
            coalesce(sum(amount) filter (where payment.state = 'paid'), 0)::bigint as paid_amount ${CHOSEN}`,
    valuesOf(filter),
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
  parked: ParkReason | null
  koha: ListedPayment['koha']
  koha_at: Date | null
}

/** Newest first, those that came before the payment with the id `before`. */
export async function listPayments(
  sql: Sql,
  filter: PaymentFilter,
  { before, limit }: { before: number | null; limit: number },
): Promise<ListedPayment[]> {
  const rows = await sql.query<ListRow>(
    `select payment.id, reference, payment.state, amount, coalesce(paid_at, payment.created_at) as at, provider,
            checkout_id, charge_id, coalesce(paid_with->>'brand', paid_with->>'method') as method, parked,
            write_back.state as koha, write_back.done_at as koha_at ${CHOSEN}
       and ($6::bigint is null or payment.id < $6)
     order by payment.id desc limit $7`,
    [...valuesOf(filter), before, limit],
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
