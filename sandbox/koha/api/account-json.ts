import { type Line, toKronor } from '../lines.ts'
import type { Row } from '../query.ts'

function common(line: Line): Row {
  return {
    account_line_id: line.id,
    amount: toKronor(line.amount),
    amount_outstanding: toKronor(line.outstanding),
    cash_register_id: null,
    date: line.date,
    description: line.description,
    interface: line.interface,
    internal_note: line.note,
    library_id: line.libraryId,
    patron_id: line.patronId,
    status: line.status,
    timestamp: line.timestamp,
    user_id: line.userId,
  }
}

/** An account line as the account and the answer to a new credit show it. */
export function accountLineJson(line: Line): Row {
  return {
    ...common(line),
    checkout_id: null,
    credit_number: null,
    credit_type: line.kind === 'credit' ? line.type : null,
    debit_type: line.kind === 'debit' ? line.type : null,
    item_id: line.itemId,
    old_checkout_id: null,
    payment_type: line.paymentType,
    payout_type: null,
  }
}

/** A credit in the list of credits: its type has another name there, and its item and number are dropped. */
export function creditJson(line: Line): Row {
  return { ...common(line), payment_type: line.paymentType, type: line.type }
}

/** A debit in the list of debits. */
export function debitJson(line: Line): Row {
  return {
    ...common(line),
    checkout_id: null,
    item_id: line.itemId,
    old_checkout_id: null,
    payout_type: null,
    type: line.type,
  }
}
