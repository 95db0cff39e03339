import { claimDue, type DueWork } from '../../database/claim-due.ts'
import type { Sql, Tx } from '../../database/database.ts'
import { asPayment, PAYMENT, type Payment } from '../payments/store.ts'
import type { Refund } from './store.ts'

export async function recordApproval(tx: Tx, id: number, by: string, at: Date): Promise<void> {
  await tx.query(
    `update refund set state = 'approved', approved_by = $2, approved_at = $3, next_try_at = $3 where id = $1`,
    [id, by, at],
  )
}

export async function recordWithdrawal(tx: Tx, id: number, at: Date): Promise<void> {
  await tx.query(`update refund set state = 'withdrawn', settled_at = $2, next_try_at = null where id = $1`, [
    id,
    at,
  ])
}

/** From here on its outcome may be unknown. Due again at `checkAt`, should we die before we know. */
export async function recordSendingRefund(tx: Tx, id: number, at: Date, checkAt: Date): Promise<void> {
  await tx.query(
    `update refund set state = 'sending', sent_at = coalesce(sent_at, $2), next_try_at = $3 where id = $1`,
    [id, at, checkAt],
  )
}

/** The provider has it, under its own id; when to ask what became of it. */
export async function recordPending(
  tx: Tx,
  id: number,
  providerId: string | null,
  askAt: Date,
): Promise<void> {
  await tx.query(
    `update refund set state = 'pending', provider_id = coalesce(provider_id, $2), next_try_at = $3, last_trouble = null,
            settled_at = null where id = $1`,
    [id, providerId, askAt],
  )
}

/** Records how a refund ended, and where it stands with Koha then; `koha` null leaves that as it is. */
export async function recordRefundEnd(
  tx: Tx,
  id: number,
  {
    state,
    providerId,
    at,
    koha = null,
  }: { state: 'done' | 'failed'; providerId: string | null; at: Date; koha?: Refund['koha'] | null },
): Promise<void> {
  await tx.query(
    `update refund set state = $2, provider_id = coalesce(provider_id, $3), settled_at = $4, next_try_at = null,
            last_trouble = case when $2 = 'done' then null else last_trouble end,
            times_done = times_done + case when $2 = 'done' then 1 else 0 end,
            koha = coalesce($5, koha),
            koha_next_at = case when $5 is null then koha_next_at when $5 = 'waiting' then $4 end where id = $1`,
    [id, state, providerId, at, koha],
  )
}

/** Counts a try that brought no end, with the reason in words, and says when the next is due. */
export async function recordRefundTrouble(
  sql: Sql,
  id: number,
  trouble: string | null,
  at: Date,
): Promise<void> {
  await sql.query(
    'update refund set tries = tries + 1, last_trouble = coalesce($2, last_trouble), next_try_at = $3 where id = $1',
    [id, trouble, at],
  )
}

/** Nothing is done about a refund by itself, at the provider or in Koha, while a person looks at it. */
export async function stopRefund(tx: Tx, id: number): Promise<void> {
  await tx.query(
    `update refund set next_try_at = null, koha = case when koha = 'waiting' then 'parked' else koha end, koha_next_at = null
     where id = $1`,
    [id],
  )
}

/** Makes a refund due at the provider again. */
export async function makeRefundDue(tx: Tx, id: number, at: Date): Promise<void> {
  await tx.query('update refund set next_try_at = $2 where id = $1', [id, at])
}

/** Where it stands with Koha, and when it is due there. */
export async function recordKoha(tx: Tx, id: number, koha: Refund['koha'], at: Date | null): Promise<void> {
  await tx.query('update refund set koha = $2, koha_next_at = $3 where id = $1', [id, koha, at])
}

export async function recordKohaTrouble(sql: Sql, id: number, trouble: string, at: Date): Promise<void> {
  await sql.query(
    'update refund set koha_tries = koha_tries + 1, last_trouble = $2, koha_next_at = $3 where id = $1',
    [id, trouble, at],
  )
}

/** A refund that is due at the provider, with its payment. */
export interface DueRefund {
  id: number
  reference: string
  tries: number
  payment: Payment
}

type DueRow = Parameters<typeof asPayment>[0] & {
  refund_id: number
  refund_reference: string
  refund_tries: number
}

/** Claims refunds that are due at the provider, and returns them with their payments. */
export async function claimDueRefunds(
  sql: Sql,
  now: Date,
  leaseSeconds: number,
  limit: number,
): Promise<DueRefund[]> {
  const rows = await claimDue<DueRow>(sql, dueAtProvider, now, leaseSeconds, limit)
  return rows.map((row) => ({
    id: row.refund_id,
    reference: row.refund_reference,
    tries: row.refund_tries,
    payment: asPayment(row),
  }))
}

/** Takes refunds whose debits Koha is to get. */
export function claimDueDebits(
  sql: Sql,
  now: Date,
  leaseSeconds: number,
  limit: number,
): Promise<{ reference: string }[]> {
  return claimDue(sql, dueInKoha, now, leaseSeconds, limit)
}

const refundWork = { table: 'refund', key: 'id', tells: 'reference' }

const dueAtProvider: DueWork = {
  ...refundWork,
  dueAt: 'next_try_at',
  waiting: null,
  joined: { table: 'payment', on: 'payment.id = refund.payment_id' },
  tells: `${PAYMENT}, refund.id as refund_id, refund.reference as refund_reference, refund.tries as refund_tries`,
}

const dueInKoha: DueWork = { ...refundWork, dueAt: 'koha_next_at', waiting: "koha = 'waiting'" }
