import type { Sql, Tx } from '../database/database.ts'

/** A webhook whose sender is proved, ready to be filed. */
export interface FiledWebhook {
  provider: string
  event: string
  eventId: string
  checkoutId: string | null
  body: Buffer
}

/**
 * Files webhooks that came together, in one statement and so in one commit. Those that are there already
 * (same provider, event and id) are left as they are.
 */
export async function fileWebhooks(sql: Sql, webhooks: FiledWebhook[]): Promise<void> {
  await sql.query(
    `insert into webhook (provider, event, event_id, checkout_id, body)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[])
     on conflict do nothing`,
    [
      webhooks.map(({ provider }) => provider),
      webhooks.map(({ event }) => event),
      webhooks.map(({ eventId }) => eventId),
      webhooks.map(({ checkoutId }) => checkoutId),
      webhooks.map(({ body }) => body),
    ],
  )
}

/**
 * Turns waiting webhooks into payments that are due for a look, and answers how many webhooks that were.
 * A webhook may come before the answer that tells us the checkout's id: it waits for it, an hour at most.
 */
export async function takeInWebhooks(tx: Tx, now: Date, limit: number): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `with ready as (
       select webhook.id, webhook.checkout_id, payment.id as payment_id, payment.state
       from webhook left join payment on payment.provider = webhook.provider and payment.checkout_id = webhook.checkout_id
       where webhook.handled_at is null
         and (payment.id is not null or webhook.checkout_id is null or webhook.received_at < $1::timestamptz - interval '1 hour')
       order by webhook.id limit $2 for update of webhook skip locked
     ), due as (
       update payment set look_at = $1, look_for = 'news'
       where id in (select payment_id from ready where state <> 'paid') and parked is null
     )
     update webhook set handled_at = $1,
       outcome = case when ready.state = 'paid' then 'already paid' when ready.payment_id is not null then 'asked the provider'
                      when ready.checkout_id is null then 'about no checkout' else 'no such checkout' end
     from ready where webhook.id = ready.id
     returning webhook.id`,
    [now, limit],
  )
  return rows.length
}

/** Whether the provider has told us that a card was refused in this checkout. A hint, never more than a word on a page. */
export async function toldOfDecline(
  sql: Sql,
  provider: string,
  checkoutId: string,
  events: string[],
): Promise<boolean> {
  const rows = await sql.query(
    'select 1 from webhook where provider = $1 and checkout_id = $2 and event = any($3) limit 1',
    [provider, checkoutId, events],
  )
  return rows.length > 0
}
