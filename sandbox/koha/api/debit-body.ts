import type { Complaint } from './credit-body.ts'

interface DebitBody {
  /** Kronor. */
  amount: number
  type: string
  libraryId: string | null
  itemId: number | null
  description: string
  note: string
}

const texts = ['type', 'description', 'internal_note', 'library_id', 'payout_type', 'status', 'interface']
const numbers = ['account_line_id', 'amount_outstanding', 'cash_register_id', 'checkout_id', 'item_id']
const known = [...texts, ...numbers, 'amount', 'old_checkout_id', 'date', 'patron_id', 'timestamp', 'user_id']

/** The body of POST debits, held against its definition `debit`; a complaint as the framework writes it. */
export function readDebit(body: unknown): DebitBody | Complaint {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { path: '/body', message: 'Expected object - got null.' }
  }
  const given = body as Record<string, unknown>
  const unknown = Object.keys(given).filter((name) => !known.includes(name))
  if (unknown.length > 0) return { path: '/body', message: `Properties not allowed: ${unknown.join(', ')}.` }
  if (given.amount === undefined) return { path: '/body/amount', message: 'Missing property.' }
  if (typeof given.amount !== 'number')
    return { path: '/body/amount', message: 'Expected number - got string.' }
  if (given.amount < 0) return { path: '/body/amount', message: `${given.amount} < minimum(0)` }
  const wrongText = texts.find((name) => given[name] != null && typeof given[name] !== 'string')
  if (wrongText) return { path: `/body/${wrongText}`, message: 'Expected string/null - got number.' }
  const wrongNumber = numbers.find((name) => given[name] != null && typeof given[name] !== 'number')
  if (wrongNumber) return { path: `/body/${wrongNumber}`, message: 'Expected integer/null - got string.' }
  const text = (name: string) => (typeof given[name] === 'string' ? (given[name] as string) : '')
  return {
    amount: given.amount,
    type: text('type'),
    libraryId: typeof given.library_id === 'string' ? given.library_id : null,
    itemId: typeof given.item_id === 'number' ? given.item_id : null,
    description: text('description'),
    note: text('internal_note'),
  }
}
