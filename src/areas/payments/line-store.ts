import { type Ore, ore } from '../../base/money.ts'
import type { Sql, Tx } from '../../database/database.ts'
import type { HeldDebt } from '../debts/debt.ts'
import type { Coding } from '../ledger/coding.ts'

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

/** Lets the debts of a payment go, so that they can be paid in another. */
export async function releaseDebts(tx: Tx, paymentId: number): Promise<void> {
  await tx.query('update payment_line set holds = false where payment_id = $1 and holds', [paymentId])
}

/** Takes the debts of a payment that had let them go and was paid after all, except those that another holds by now. */
export async function reserveDebtsAgain(tx: Tx, paymentId: number): Promise<void> {
  await tx.query(
    `update payment_line line set holds = true where payment_id = $1 and not holds
       and not exists (select 1 from payment_line other where other.debit_id = line.debit_id and other.holds)`,
    [paymentId],
  )
}
