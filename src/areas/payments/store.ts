import type { Language } from '../../base/language.ts'
import { type Ore, ore } from '../../base/money.ts'
import type { Sql, Tx } from '../../database/database.ts'
import type { PaidWith } from '../../outside/ports/provider.ts'
import type { PaymentLine } from './line-store.ts'
import type { Looks } from './look-plan.ts'
import type { PaymentState } from './payment.ts'

/** One attempt to pay some debts. */
export interface Payment {
  id: number
  reference: string
  patronId: number
  state: PaymentState
  amount: Ore
  currency: string
  language: Language
  receiptEmail: string | null
  provider: string
  checkoutId: string | null
  checkoutUrl: string | null
  /** The provider's id of the charge; null until it is paid. */
  chargeId: string | null
  paidWith: PaidWith | null
  createdAt: Date
  expiresAt: Date
  paidAt: Date | null
  settledAt: Date | null
  looks: Looks
  /** A person must look at it: the kind of the oldest case about it or a refund of it. */
  parked: string | null
}

export type NewPayment = Pick<
  Payment,
  | 'reference'
  | 'patronId'
  | 'amount'
  | 'currency'
  | 'language'
  | 'receiptEmail'
  | 'provider'
  | 'createdAt'
  | 'expiresAt'
> & { lines: Omit<PaymentLine, 'id'>[] }

interface PaymentRow {
  id: number
  reference: string
  patron_id: number
  state: PaymentState
  amount: number
  currency: string
  language: Language
  receipt_email: string | null
  provider: string
  checkout_id: string | null
  checkout_url: string | null
  charge_id: string | null
  paid_with: PaidWith | null
  created_at: Date
  expires_at: Date
  paid_at: Date | null
  settled_at: Date | null
  looks: number
  looks_began: Date | null
  looks_this_hour: number
  parked: string | null
}

/** What is read of the payment table. Named one by one: what names its columns is prepared once (database.ts). */
export const PAYMENT = `payment.id, payment.reference, payment.patron_id, payment.state, payment.amount, payment.currency, payment.language,
  payment.receipt_email, payment.provider, payment.checkout_id, payment.checkout_url, payment.charge_id, payment.paid_with,
  payment.created_at, payment.expires_at, payment.paid_at, payment.settled_at, payment.looks, payment.looks_began,
  payment.looks_this_hour, payment.parked`

/** Reads a row of the payment table. */
export function asPayment(row: PaymentRow): Payment {
  return {
    id: row.id,
    reference: row.reference,
    patronId: row.patron_id,
    state: row.state,
    amount: ore(row.amount),
    currency: row.currency,
    language: row.language,
    receiptEmail: row.receipt_email,
    provider: row.provider,
    checkoutId: row.checkout_id,
    checkoutUrl: row.checkout_url,
    chargeId: row.charge_id,
    paidWith: row.paid_with,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    paidAt: row.paid_at,
    settledAt: row.settled_at,
    looks: { planned: row.looks, hourBegan: row.looks_began, thisHour: row.looks_this_hour },
    parked: row.parked,
  }
}

const HELD_BY_ANOTHER = 'one_payable_payment_per_debt'

/**
 * Writes a payment and its lines, each holding its debt. `held` when another payment already holds one of them: then
 * nothing may be kept of the transaction, so it is thrown inside and answered outside (start-payment.ts).
 */
export async function insertPayment(tx: Tx, payment: NewPayment): Promise<void> {
  const [row] = await tx.query<{ id: number }>(
    `insert into payment (reference, patron_id, state, amount, currency, language, receipt_email, provider, created_at, expires_at, look_at)
     values ($1, $2, 'created', $3, $4, $5, $6, $7, $8, $9, $9) returning id`,
    [
      payment.reference,
      payment.patronId,
      payment.amount,
      payment.currency,
      payment.language,
      payment.receiptEmail,
      payment.provider,
      payment.createdAt,
      payment.expiresAt,
    ],
  )
  const id = row?.id
  await Promise.all(
    payment.lines.map((line) =>
      tx.query(
        `insert into payment_line (payment_id, debit_id, amount, debit_type, library_id, item_id, item_type, title, barcode, coding, holds)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, true)`,
        [
          id,
          line.debitId,
          line.amount,
          line.debitType,
          line.libraryId,
          line.itemId,
          line.itemType,
          line.title,
          line.barcode,
          JSON.stringify(line.coding),
        ],
      ),
    ),
  )
}

/** Whether an error says that one of the debts is held by another payment. */
export function isHeldByAnother(error: unknown): boolean {
  return (error as { constraint?: string }).constraint === HELD_BY_ANOTHER
}

export async function readPayment(sql: Sql, reference: string): Promise<Payment | undefined> {
  const [row] = await sql.query<PaymentRow>(`select ${PAYMENT} from payment where reference = $1`, [
    reference,
  ])
  return row && asPayment(row)
}

/** Returns a payment by its id; undefined when there is none. */
export async function paymentById(sql: Sql, id: number): Promise<Payment | undefined> {
  const [row] = await sql.query<PaymentRow>(`select ${PAYMENT} from payment where id = $1`, [id])
  return row && asPayment(row)
}

/** Reads a payment and keeps others from changing it until the transaction ends. */
export async function lockPayment(tx: Tx, reference: string): Promise<Payment> {
  const [row] = await tx.query<PaymentRow>(`select ${PAYMENT} from payment where reference = $1 for update`, [
    reference,
  ])
  if (!row) throw new Error(`No payment ${reference}`)
  return asPayment(row)
}

/** The patron's payments, newest first. */
export async function paymentsOf(sql: Sql, patronId: number, limit: number): Promise<Payment[]> {
  const rows = await sql.query<PaymentRow>(
    `select ${PAYMENT} from payment where patron_id = $1 order by id desc limit $2`,
    [patronId, limit],
  )
  return rows.map(asPayment)
}

/** Stores where a payment can be paid, before the browser is sent there. */
export async function recordCheckout(
  tx: Tx,
  id: number,
  { checkoutId, url, lookAt }: { checkoutId: string; url: string; lookAt: Date },
): Promise<Payment> {
  const rows = await tx.query<PaymentRow>(
    `update payment set state = 'open', checkout_id = $2, checkout_url = $3, look_at = $4 where id = $1 returning ${PAYMENT}`,
    [id, checkoutId, url, lookAt],
  )
  return theOne(rows)
}

/** Moves a payment that will not be paid now; null as lookAt ends the questions. */
export async function recordEnd(
  tx: Tx,
  id: number,
  state: PaymentState,
  at: Date,
  lookAt: Date | null,
): Promise<Payment> {
  const rows = await tx.query<PaymentRow>(
    `update payment set state = $2, settled_at = $3, look_at = $4 where id = $1 returning ${PAYMENT}`,
    [id, state, at, lookAt],
  )
  return theOne(rows)
}

export async function recordPaid(
  tx: Tx,
  id: number,
  paid: { chargeId: string; paidAt: Date; settledAt: Date; with: PaidWith; lookAt: Date | null },
): Promise<Payment> {
  const rows = await tx.query<PaymentRow>(
    `update payment set state = 'paid', charge_id = $2, paid_at = $3, settled_at = $4, paid_with = $5, look_at = $6, look_for = 'plan'
     where id = $1 returning ${PAYMENT}`,
    [id, paid.chargeId, paid.paidAt, paid.settledAt, JSON.stringify(paid.with), paid.lookAt],
  )
  return theOne(rows)
}

function theOne([row]: PaymentRow[]): Payment {
  if (!row) throw new Error('The payment is gone')
  return asPayment(row)
}
