import { type Ore, ore, sum } from '../../base/money.ts'
import type { Sql, Tx } from '../../database/database.ts'
import { asPayment, PAYMENT, type Payment } from '../payments/store.ts'
import type { RefundState } from './refund.ts'
import type { Share } from './shares.ts'

/** Money given back, or to be given back, of a paid payment. */
export interface Refund {
  id: number
  paymentId: number
  reference: string
  cause: 'person' | 'surplus' | 'elsewhere'
  state: RefundState
  amount: Ore
  reason: string
  proposedBy: string
  proposedAt: Date
  /** Null when nobody else had to agree, or has not yet. */
  approvedBy: string | null
  approvedAt: Date | null
  providerId: string | null
  sentAt: Date | null
  settledAt: Date | null
  timesDone: number
  tries: number
  lastTrouble: string | null
  /** A person must look at it: the kind of the oldest case about it. */
  parked: string | null
  /** Whether what was refunded is owed again in Koha. `none`: nothing of it had been credited there. */
  koha: 'none' | 'waiting' | 'done' | 'parked' | 'by-hand'
  kohaTries: number
  shares: Share[]
}

interface RefundRow {
  id: number
  payment_id: number
  reference: string
  cause: Refund['cause']
  state: RefundState
  amount: number
  reason: string
  proposed_by: string
  proposed_at: Date
  approved_by: string | null
  approved_at: Date | null
  provider_id: string | null
  sent_at: Date | null
  settled_at: Date | null
  times_done: number
  tries: number
  last_trouble: string | null
  parked: string | null
  koha: Refund['koha']
  koha_tries: number
  shares: { lineId: number; surplus: number; income: number }[]
}

const REFUND = `
  select refund.*, (select coalesce(jsonb_agg(jsonb_build_object('lineId', line_id, 'surplus', surplus, 'income', income)
                                              order by line_id), '[]')
                    from refund_line where refund_id = refund.id) as shares
  from refund`

function asRefund(row: RefundRow): Refund {
  return {
    id: row.id,
    paymentId: row.payment_id,
    reference: row.reference,
    cause: row.cause,
    state: row.state,
    amount: ore(row.amount),
    reason: row.reason,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    approvedBy: row.approved_by,
    approvedAt: row.approved_at,
    providerId: row.provider_id,
    sentAt: row.sent_at,
    settledAt: row.settled_at,
    timesDone: row.times_done,
    tries: row.tries,
    lastTrouble: row.last_trouble,
    parked: row.parked,
    koha: row.koha,
    kohaTries: row.koha_tries,
    shares: row.shares.map(({ lineId, surplus, income }) => ({
      lineId,
      surplus: ore(surplus),
      income: ore(income),
    })),
  }
}

/** A payment's refunds, oldest first. */
export async function refundsOf(sql: Sql, paymentId: number): Promise<Refund[]> {
  const rows = await sql.query<RefundRow>(`${REFUND} where payment_id = $1 order by refund.id`, [paymentId])
  return rows.map(asRefund)
}

export async function readRefund(sql: Sql, reference: string): Promise<Refund | undefined> {
  const [row] = await sql.query<RefundRow>(`${REFUND} where reference = $1`, [reference])
  return row && asRefund(row)
}

/**
 * Locks the payment of a refund until the transaction ends, and returns both as they are under the lock; undefined when
 * there is no such refund.
 */
export async function lockRefund(
  tx: Tx,
  reference: string,
): Promise<{ payment: Payment; refund: Refund } | undefined> {
  const [row] = await tx.query<Parameters<typeof asPayment>[0]>(
    `select ${PAYMENT} from payment where id = (select payment_id from refund where reference = $1) for update`,
    [reference],
  )
  const refund = row && (await readRefund(tx, reference))
  return row && refund && { payment: asPayment(row), refund }
}

/** Undefined when there is none. */
export async function refundById(sql: Sql, id: number): Promise<Refund | undefined> {
  const [row] = await sql.query<RefundRow>(`${REFUND} where refund.id = $1`, [id])
  return row && asRefund(row)
}

/** What has been given back of some payments, öre, by the payment's number; those of which nothing has are missing. */
export async function givenBackSums(sql: Sql, paymentIds: number[]): Promise<Map<number, Ore>> {
  const rows = await sql.query<{ payment_id: number; amount: number }>(
    `select payment_id, sum(amount)::bigint as amount from refund
     where payment_id = any($1) and state = 'done' group by payment_id`,
    [paymentIds],
  )
  return new Map(rows.map(({ payment_id, amount }) => [payment_id, ore(amount)]))
}

/** Refunds that wait for a second person, oldest first, with the reference of their payment. */
export async function proposedRefunds(sql: Sql, limit: number): Promise<(Refund & { payment: string })[]> {
  const rows = await sql.query<RefundRow & { payment: string }>(
    `select whole.*, payment.reference as payment from (${REFUND} where state = 'proposed') whole
     join payment on payment.id = whole.payment_id order by proposed_at limit $1`,
    [limit],
  )
  return rows.map((row) => ({ ...asRefund(row), payment: row.payment }))
}

export type NewRefund = Pick<
  Refund,
  | 'paymentId'
  | 'reference'
  | 'cause'
  | 'state'
  | 'amount'
  | 'reason'
  | 'proposedBy'
  | 'proposedAt'
  | 'providerId'
  | 'shares'
> & { nextTryAt: Date | null }

/** Writes a refund with its shares. The caller holds the payment's lock: what is left was counted under it. */
export async function insertRefund(tx: Tx, refund: NewRefund): Promise<number> {
  const shared = sum(refund.shares.flatMap(({ surplus, income }) => [surplus, income]))
  if (shared !== refund.amount) throw new RangeError(`Shares are ${shared} öre, the refund ${refund.amount}`)
  const [row] = await tx.query<{ id: number }>(
    `insert into refund (payment_id, reference, cause, state, amount, reason, proposed_by, proposed_at, approved_at,
                         provider_id, next_try_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, case when $4 = 'approved' then $8::timestamptz end, $9, $10) returning id`,
    [
      refund.paymentId,
      refund.reference,
      refund.cause,
      refund.state,
      refund.amount,
      refund.reason,
      refund.proposedBy,
      refund.proposedAt,
      refund.providerId,
      refund.nextTryAt,
    ],
  )
  if (!row) throw new Error('The refund was not stored')
  for (const { lineId, surplus, income } of refund.shares)
    await tx.query('insert into refund_line (refund_id, line_id, surplus, income) values ($1, $2, $3, $4)', [
      row.id,
      lineId,
      surplus,
      income,
    ])
  return row.id
}
