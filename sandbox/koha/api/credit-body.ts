import type { NewCredit } from '../booking.ts'

type CreditBody = Omit<NewCredit, 'patronId' | 'userId' | 'interface'>

export interface Complaint {
  path: string
  message: string
}

const texts = ['credit_type', 'payment_type', 'description', 'note', 'date']
const known = [...texts, 'amount', 'account_lines_ids', 'library_id']

/** The body of POST credits, held against its definition patron_account_credit; a complaint as the framework writes it. */
export function readCredit(body: unknown): CreditBody | Complaint {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { path: '/body', message: 'Expected object - got null.' }
  }
  const given = body as Record<string, unknown>
  const complaint = complaintAbout(given)
  if (complaint) return complaint
  return {
    amount: given.amount as number,
    type: textOr(given.credit_type, 'PAYMENT'),
    debitIds: (given.account_lines_ids ?? []) as number[],
    libraryId: textOr(given.library_id, null),
    paymentType: textOr(given.payment_type, null),
    description: textOr(given.description, null),
    note: textOr(given.note, null),
    ...(typeof given.date === 'string' && { date: `${given.date}T00:00:00+02:00` }),
  }
}

function complaintAbout(given: Record<string, unknown>): Complaint | undefined {
  const unknown = Object.keys(given).filter((name) => !known.includes(name))
  if (unknown.length > 0) return { path: '/body', message: `Properties not allowed: ${unknown.join(', ')}.` }
  const { amount, account_lines_ids: ids, library_id: library, date } = given
  if (amount === undefined) return { path: '/body/amount', message: 'Missing property.' }
  if (typeof amount !== 'number') return { path: '/body/amount', message: 'Expected number - got string.' }
  if (amount < 0) return { path: '/body/amount', message: `${amount} < minimum(0)` }
  if (ids !== undefined && !(Array.isArray(ids) && ids.every(Number.isInteger))) {
    return { path: '/body/account_lines_ids', message: 'Expected integer - got string.' }
  }
  if (library !== undefined && library !== null && typeof library !== 'string') {
    return { path: '/body/library_id', message: 'Expected string/null - got number.' }
  }
  const wrong = texts.find((name) => given[name] !== undefined && typeof given[name] !== 'string')
  if (wrong) return { path: `/body/${wrong}`, message: 'Expected string - got number.' }
  if (typeof date === 'string' && !/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    return { path: '/body/date', message: 'Does not match date format.' }
  }
  return undefined
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value : otherwise
}
