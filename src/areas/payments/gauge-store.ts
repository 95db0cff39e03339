import type { Sql } from '../../database/database.ts'

/** Returns what remains to be done about payments, each by an index of its own; ages in seconds, 0 when there is nothing. */
export async function readPaymentBacklog(sql: Sql, now: Date): Promise<Record<string, number>> {
  const [row] = await sql.query<Record<string, number>>(
    `select
       (select count(*) from payment where state in ('created', 'open')) as payments_open,
       (select count(*) from webhook_waiting) as webhooks_waiting,
       (select coalesce(extract(epoch from $1 - min(received_at)), 0)::float8 from webhook_waiting) as webhooks_waiting_oldest_seconds,
       (select count(*) from write_back where state = 'waiting') as payments_not_registered,
       (select coalesce(extract(epoch from $1 - min(created_at)), 0)::float8 from write_back
        where state = 'waiting') as payments_not_registered_oldest_seconds`,
    [now],
  )
  return row ?? {}
}

/** Returns how many payments are in each state, over the whole of the table. */
export async function countByState(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql.query<{ state: string; payments: number }>(
    'select state, count(*) as payments from payment group by state order by state',
  )
  return Object.fromEntries(rows.map(({ state, payments }) => [state, payments]))
}
