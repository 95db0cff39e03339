import { claimDue, type DueWork } from '../database/claim-due.ts'
import type { Sql, Tx } from '../database/database.ts'
import type { HeldDebt } from '../debts/debt.ts'
import type { Coding } from '../ledger/posting.ts'
import { type Ore, ore } from '../money.ts'
import type { PaidWith } from '../outside/ports/provider.ts'
import type { Looks } from './look-plan.ts'
import type { ParkReason, PaymentState } from './payment.ts'

/** One attempt to pay some debts. */
export interface Payment {
  id: number
  reference: string
  patronId: number
  state: PaymentState
  amount: Ore
  currency: string
  language: 'sv' | 'en'
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
  parked: ParkReason | null
  parkedDetail: string | null
}

export interface PaymentLine {
  id: number
  debitId: number
  amount: Ore
  debitType: string
  libraryId: string | null
  itemId: number | null
  itemType: string | null
  title: string | null
  barcode: string | null
  coding: Coding
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
  language: 'sv' | 'en'
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
  parked: ParkReason | null
  parked_detail: string | null
}

/** What is read of the payment table. Named one by one: what names its columns is prepared once (database.ts). */
export const PAYMENT = `payment.id, payment.reference, payment.patron_id, payment.state, payment.amount, payment.currency, payment.language,
  payment.receipt_email, payment.provider, payment.checkout_id, payment.checkout_url, payment.charge_id, payment.paid_with,
  payment.created_at, payment.expires_at, payment.paid_at, payment.settled_at, payment.looks, payment.looks_began,
  payment.looks_this_hour, payment.parked, payment.parked_detail`

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
    parkedDetail: row.parked_detail,
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

/** Reads a payment and keeps others from changing it until the transaction ends. */
export async function lockPayment(tx: Tx, reference: string): Promise<Payment> {
  const [row] = await tx.query<PaymentRow>(`select ${PAYMENT} from payment where reference = $1 for update`, [
    reference,
  ])
  if (!row) throw new Error(`No payment ${reference}`)
  return asPayment(row)
}

export async function linesOf(sql: Sql, paymentId: number): Promise<PaymentLine[]> {
  const rows = await sql.query<{
    id: number
    debit_id: number
    amount: number
    debit_type: string
    library_id: string | null
    item_id: number | null
    item_type: string | null
    title: string | null
    barcode: string | null
    coding: Coding
  }>(
    `select id, debit_id, amount, debit_type, library_id, item_id, item_type, title, barcode, coding
     from payment_line where payment_id = $1 order by id`,
    [paymentId],
  )
  return rows.map((row) => ({
    id: row.id,
    debitId: row.debit_id,
    amount: ore(row.amount),
    debitType: row.debit_type,
    libraryId: row.library_id,
    itemId: row.item_id,
    itemType: row.item_type,
    title: row.title,
    barcode: row.barcode,
    coding: row.coding,
  }))
}

/** The debts of a patron that payments hold, and whether their money is taken. */
export async function heldDebts(sql: Sql, patronId: number): Promise<HeldDebt[]> {
  return sql.query<HeldDebt>(
    `select line.debit_id as "debitId", payment.reference, payment.state = 'paid' as paid
     from payment_line line join payment on payment.id = line.payment_id
     where payment.patron_id = $1 and line.holds`,
    [patronId],
  )
}

/** The patron's payments, newest first. */
export async function paymentsOf(sql: Sql, patronId: number, limit: number): Promise<Payment[]> {
  const rows = await sql.query<PaymentRow>(
    `select ${PAYMENT} from payment where patron_id = $1 order by id desc limit $2`,
    [patronId, limit],
  )
  return rows.map(asPayment)
}

/** Lets the debts of a payment go, so that they can be paid in another. */
export async function releaseDebts(tx: Tx, paymentId: number): Promise<void> {
  await tx.query('update payment_line set holds = false where payment_id = $1 and holds', [paymentId])
}

/** Takes the debts of a payment that had let them go and was paid after all, except those that another holds by now. */
export async function holdDebtsAgain(tx: Tx, paymentId: number): Promise<void> {
  await tx.query(
    `update payment_line line set holds = true where payment_id = $1 and not holds
       and not exists (select 1 from payment_line other where other.debit_id = line.debit_id and other.holds)`,
    [paymentId],
  )
}

/** Stores where a payment can be paid, before the browser is sent there. */
export async function recordCheckout(
  tx: Tx,
  id: number,
  checkoutId: string,
  checkoutUrl: string,
  lookAt: Date,
): Promise<void> {
  await tx.query(
    `update payment set state = 'open', checkout_id = $2, checkout_url = $3, look_at = $4 where id = $1`,
    [id, checkoutId, checkoutUrl, lookAt],
  )
}

/** Moves a payment that will not be paid now; null as lookAt ends the questions. */
export async function recordEnd(
  tx: Tx,
  id: number,
  state: PaymentState,
  at: Date,
  lookAt: Date | null,
): Promise<void> {
  await tx.query('update payment set state = $2, settled_at = $3, look_at = $4 where id = $1', [
    id,
    state,
    at,
    lookAt,
  ])
}

export async function recordPaid(
  tx: Tx,
  id: number,
  paid: { chargeId: string; paidAt: Date; settledAt: Date; with: PaidWith; lookAt: Date | null },
): Promise<void> {
  await tx.query(
    `update payment set state = 'paid', charge_id = $2, paid_at = $3, settled_at = $4, paid_with = $5, look_at = $6, look_for = 'plan',
            parked = null, parked_detail = null, parked_at = null where id = $1`,
    [id, paid.chargeId, paid.paidAt, paid.settledAt, JSON.stringify(paid.with), paid.lookAt],
  )
}

/** Puts a payment before a person. The first reason stands until a person resolves it. */
export async function park(tx: Tx, id: number, reason: ParkReason, detail: string, at: Date): Promise<void> {
  await tx.query(
    `update payment set parked = $2, parked_detail = $3, parked_at = $4,
            look_at = case when state = 'paid' then look_at end where id = $1 and parked is null`,
    [id, reason, detail, at],
  )
}

/** Counts a look at the provider and says when the next one is due. */
export async function recordLook(sql: Sql, id: number, looks: Looks, lookAt: Date): Promise<void> {
  await sql.query(
    `update payment set looks = $2, looks_began = $3, looks_this_hour = $4, look_at = $5, look_for = 'plan' where id = $1`,
    [id, looks.planned, looks.hourBegan, looks.thisHour, lookAt],
  )
}

/** Nothing more is to be asked of a payment that is not going to be paid; a webhook may still make it due again. */
export async function stopLooking(tx: Tx, id: number): Promise<void> {
  await tx.query('update payment set look_at = null where id = $1', [id])
}

export interface PaymentEvent {
  at: Date
  what: string
  by: string
  detail: string | null
}

/** Adds to a payment's history. `by` is a part of Kvitt or a person; `detail` holds no personal data. */
export async function recordEvent(tx: Tx, paymentId: number, event: PaymentEvent): Promise<void> {
  await tx.query('insert into payment_event (payment_id, at, what, by, detail) values ($1, $2, $3, $4, $5)', [
    paymentId,
    event.at,
    event.what,
    event.by,
    event.detail,
  ])
}

export async function eventsOf(sql: Sql, paymentId: number): Promise<PaymentEvent[]> {
  return sql.query<PaymentEvent>(
    'select at, what, by, detail from payment_event where payment_id = $1 order by id',
    [paymentId],
  )
}

/** Takes payments whose look at the provider is due. */
export function claimDueLooks(
  sql: Sql,
  now: Date,
  leaseSeconds: number,
  limit: number,
): Promise<{ reference: string; asker: 'plan' | 'news' }[]> {
  return claimDue(sql, dueLook, now, leaseSeconds, limit)
}

const dueLook: DueWork = {
  table: 'payment',
  key: 'id',
  dueAt: 'look_at',
  waiting: null,
  tells: 'reference, look_for as asker',
}
