import type { Tx } from '../../database/database.ts'

/** The patron of payments that are nobody's any more. Koha counts from one. */
const ANONYMOUS_PATRON = 0

/** Which ended payments are looked for: what of them is still there. */
export type StillHeld = 'patron-of-abandoned' | 'patron-of-paid' | 'titles'

const CONDITIONS: Record<StillHeld, string> = {
  'patron-of-abandoned': `anonymised_at is null and state in ('declined', 'cancelled', 'expired', 'failed')`,
  'patron-of-paid': `anonymised_at is null and state = 'paid'`,
  titles: 'titles_removed_at is null',
}

/** Locks and returns payments that ended before, the first `limit` after the payment `after`, by their ids. */
export async function lockEndedPayments(
  tx: Tx,
  { held, endedBefore, after, limit }: { held: StillHeld; endedBefore: Date; after: number; limit: number },
): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select id from payment where id > $1 and settled_at < $2 and ${CONDITIONS[held]}
     order by id limit $3 for update skip locked`,
    [after, endedBefore, limit],
  )
  return rows.map(({ id }) => id)
}

/** Returns those of some payments that wait for Koha. */
export async function unfinishedPayments(tx: Tx, payments: readonly number[]): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select payment.id from payment join write_back on payment_id = payment.id
     where payment.id = any($1) and write_back.state in ('waiting', 'parked')`,
    [payments],
  )
  return rows.map(({ id }) => id)
}

/** Removes what some payments say of what was borrowed, and the addresses of their receipts. */
export async function removeTitles(tx: Tx, payments: readonly number[], at: Date): Promise<void> {
  await tx.query(
    'update payment_line set title = null, barcode = null, item_id = null where payment_id = any($1)',
    [payments],
  )
  await tx.query(
    `update payment set receipt_email = null, checkout_url = null, titles_removed_at = coalesce(titles_removed_at, $2)
     where id = any($1)`,
    [payments, at],
  )
}

/** Makes some payments nobody's. */
export async function anonymisePayments(tx: Tx, payments: readonly number[], at: Date): Promise<void> {
  await tx.query('update payment set patron_id = $2, anonymised_at = $3 where id = any($1)', [
    payments,
    ANONYMOUS_PATRON,
    at,
  ])
  await tx.query('update write_back set patron_id = $2 where payment_id = any($1)', [
    payments,
    ANONYMOUS_PATRON,
  ])
}

/** Empties some webhooks that came before and are done with, and returns how many; that they came stays known. */
export async function emptyWebhooks(tx: Tx, cameBefore: Date, now: Date): Promise<number> {
  const emptied = await tx.query(
    `update webhook set body = '', emptied_at = $2
     where id in (select w.id from webhook w where w.received_at < $1 and w.emptied_at is null
                    and not exists (select 1 from webhook_waiting waiting where waiting.webhook_id = w.id)
                  order by w.received_at limit 500)
     returning id`,
    [cameBefore, now],
  )
  return emptied.length
}
