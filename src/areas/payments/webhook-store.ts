import type { Own, Sql } from '../../database/database.ts'

/** A webhook whose sender is proved, ready to be filed. */
export interface FiledWebhook {
  provider: string
  event: string
  eventId: string
  /** The checkout that it is about, or the charge that was made in it, whichever it names. */
  subject: string | null
  body: Buffer
}

/**
 * Files webhooks that came together, in one statement and so in one commit. Those that are there already
 * (same provider, event and id) are left as they are. Of payments that are paid only `moneyBackEvents` wait to be acted
 * on: most of what a provider sends comes after the first look has told us everything.
 */
export async function fileWebhooks(
  own: Own,
  webhooks: FiledWebhook[],
  moneyBackEvents: string[],
): Promise<void> {
  // All bodies as one: in an array each byte would travel as two letters and be quoted and read again.
  const bodies = Buffer.concat(webhooks.map(({ body }) => body))
  let end = 1
  const begins = webhooks.map(({ body }) => {
    const begin = end
    end += body.length
    return begin
  })
  await own.query(
    `with filed as (
       insert into webhook (provider, event, event_id, checkout_id, body)
       select provider, event, event_id, checkout_id, substring($5::bytea from begins for bytes)
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $6::int[], $7::int[])
         as told (provider, event, event_id, checkout_id, begins, bytes)
       on conflict do nothing returning id, provider, checkout_id, event
     )
     insert into webhook_waiting (webhook_id, provider, checkout_id)
     select id, provider, checkout_id from filed where checkout_id is not null
       and (event = any($8::text[]) or not exists (
         select 1 from payment where payment.provider = filed.provider and payment.checkout_id = filed.checkout_id and state = 'paid'))`,
    [
      webhooks.map(({ provider }) => provider),
      webhooks.map(({ event }) => event),
      webhooks.map(({ eventId }) => eventId),
      webhooks.map(({ subject }) => subject),
      bodies,
      begins,
      webhooks.map(({ body }) => body.length),
      moneyBackEvents,
    ],
  )
}

export interface AppliedWebhooks {
  /** Webhooks of payments that we know; those not paid are due for a look now. */
  known: number
  /** Webhooks that came before their checkout is known to us; they are tried again. */
  early: number
  /** Webhooks of checkouts that have not become known within an hour: put aside, filed all the same. */
  strange: number
}

/**
 * Turns waiting webhooks into payments that are due for a look. Of payments that are paid only `moneyBackEvents` tell
 * something new; those may name the charge instead of the checkout. One statement, which commits by itself.
 */
export async function applyWaitingWebhooks(
  own: Own,
  now: Date,
  limit: number,
  moneyBackEvents: string[],
): Promise<AppliedWebhooks> {
  const [counts] = await own.query<AppliedWebhooks>(
    `with due as (
       select waiting.webhook_id, waiting.received_at, payment.id as payment_id, payment.state
       from webhook_waiting waiting
       left join lateral (
         select id, state from payment where provider = waiting.provider and checkout_id = waiting.checkout_id
         union all
         select id, state from payment where provider = waiting.provider and charge_id = waiting.checkout_id
         limit 1) payment on true
       where waiting.try_after <= $1 order by waiting.try_after limit $2 for update of waiting skip locked
     ), news as (
       select payment_id from due where state <> 'paid'
       union
       select payment_id from due join webhook on webhook.id = due.webhook_id where state = 'paid' and event = any($3)
     ), asked as (
       update payment set look_at = $1, look_for = 'news'
       where id in (select payment_id from news) and (state = 'paid' or parked is null)
     ), put_off as (
       update webhook_waiting set try_after = $1::timestamptz + interval '10 seconds'
       where webhook_id in (select webhook_id from due where payment_id is null and received_at >= $1::timestamptz - interval '1 hour')
       returning webhook_id
     ), done as (
       delete from webhook_waiting
       where webhook_id in (select webhook_id from due where payment_id is not null or received_at < $1::timestamptz - interval '1 hour')
       returning webhook_id
     )
     select count(*) filter (where due.payment_id is not null) as known,
            (select count(*) from put_off) as early,
            count(*) filter (where due.payment_id is null) - (select count(*) from put_off) as strange
     from due`,
    [now, limit, moneyBackEvents],
  )
  return counts ?? { known: 0, early: 0, strange: 0 }
}

/** Whether the provider has told us that a card was refused in this checkout. A hint, never more than a word on a page. */
export async function hasDeclineWebhook(
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
