import { claimDue, type DueWork } from '../../database/claim-due.ts'
import type { Sql, Tx } from '../../database/database.ts'
import type { Looks } from './look-plan.ts'

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

/** Makes a payment due to be asked about, with the urgency of news. */
export async function makeLookDue(tx: Tx, id: number, at: Date): Promise<void> {
  await tx.query(`update payment set look_at = $2, look_for = 'news' where id = $1`, [id, at])
}

/** Says when a paid payment is looked at next (null: never), unless a webhook has asked for it since `planned` was set. */
export async function planLateLook(tx: Tx, id: number, planned: Date, next: Date | null): Promise<void> {
  await tx.query('update payment set look_at = $3 where id = $1 and look_at = $2', [id, planned, next])
}
