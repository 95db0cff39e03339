import { claimDue, type DueWork } from '../../database/claim-due.ts'
import type { Own, Tx } from '../../database/database.ts'
import type { Looks } from './look-plan.ts'
import { asPayment, PAYMENT, type Payment } from './store.ts'

/** A payment whose look is to be counted, as it was read. */
export interface CountedLook {
  id: number
  was: Looks
  looks: Looks
  lookAt: Date
}

/**
 * Records looks at providers and when the next ones are due, all in one statement, and returns the payments for which
 * that was done: where somebody else has counted a look since the payment was read, nothing is. Commits by itself.
 */
export async function recordLooks(own: Own, counted: readonly CountedLook[]): Promise<Set<number>> {
  const rows = await own.query<{ id: number }>(
    `update payment set looks = planned, looks_began = began, looks_this_hour = this_hour, look_at = next, look_for = 'plan'
     from unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::int[], $5::timestamptz[], $6::int[], $7::int[])
       as counted (id, planned, began, this_hour, next, was_planned, was_this_hour)
     where payment.id = counted.id and payment.looks = was_planned and payment.looks_this_hour = was_this_hour
     returning payment.id`,
    [
      counted.map(({ id }) => id),
      counted.map(({ looks }) => looks.planned),
      counted.map(({ looks }) => looks.hourBegan),
      counted.map(({ looks }) => looks.thisHour),
      counted.map(({ lookAt }) => lookAt),
      counted.map(({ was }) => was.planned),
      counted.map(({ was }) => was.thisHour),
    ],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Nothing more is to be asked of a payment that is not going to be paid; a webhook may still make it due again. */
export async function stopLooking(tx: Tx, id: number): Promise<void> {
  await tx.query('update payment set look_at = null where id = $1', [id])
}

/** A payment that is due to be asked about at its provider, and why. */
export interface DueLook {
  payment: Payment
  urgency: 'plan' | 'news'
}

/** Claims payments whose look at the provider is due; those that are paid, or those that are not. */
export async function claimDueLooks(
  own: Own,
  { paid }: { paid: boolean },
  now: Date,
  leaseSeconds: number,
  limit: number,
): Promise<DueLook[]> {
  const work = paid ? dueLookAtPaid : dueLook
  const rows = await claimDue<Parameters<typeof asPayment>[0] & { urgency: DueLook['urgency'] }>(
    own,
    work,
    now,
    leaseSeconds,
    limit,
  )
  return rows.map((row) => ({ payment: asPayment(row), urgency: row.urgency }))
}

const dueLook: DueWork = {
  table: 'payment',
  key: 'id',
  dueAt: 'look_at',
  waiting: `state <> 'paid'`,
  tells: `${PAYMENT}, payment.look_for as urgency`,
}
const dueLookAtPaid: DueWork = { ...dueLook, waiting: `state = 'paid'` }

/** Makes a payment due to be asked about, with the urgency of news. */
export async function makeLookDue(tx: Tx, id: number, at: Date): Promise<void> {
  await tx.query(`update payment set look_at = $2, look_for = 'news' where id = $1`, [id, at])
}

/** Says when a paid payment is looked at next (null: never), unless a webhook has asked for it since `planned` was set. */
export async function planLateLook(tx: Tx, id: number, planned: Date, next: Date | null): Promise<void> {
  await tx.query('update payment set look_at = $3 where id = $1 and look_at = $2', [id, planned, next])
}
