import type { Sql } from '../../database/database.ts'

/** What remains to be done, over all payments. Ages in seconds; 0 when there is nothing. */
export interface Remaining {
  openPayments: number
  /** Paid and not yet in Koha. */
  notRegistered: number
  oldestNotRegistered: number
  /** Cases that wait for a person. */
  openCases: number
  webhooksWaiting: number
  oldestWebhook: number
  noticesWaiting: number
  /** Refunds that a second person is to approve. */
  refundsProposed: number
  /** Refunds that the provider or Koha has not got yet. */
  refundsUnderWay: number
  notExported: number
}

/** Reads what remains to be done; each part by an index of its own. */
export async function remainingWork(sql: Sql, now: Date): Promise<Remaining> {
  const [row] = await sql.query<Remaining>(
    `select
       (select count(*) from payment where state in ('created', 'open')) as "openPayments",
       (select count(*) from write_back where state = 'waiting') as "notRegistered",
       (select coalesce(extract(epoch from $1 - min(created_at)), 0)::float8 from write_back where state = 'waiting') as "oldestNotRegistered",
       (select count(*) from work_case where closed_at is null) as "openCases",
       (select count(*) from webhook_waiting) as "webhooksWaiting",
       (select coalesce(extract(epoch from $1 - min(received_at)), 0)::float8 from webhook_waiting) as "oldestWebhook",
       (select count(*) from notice where state = 'waiting') as "noticesWaiting",
       (select count(*) from refund where state = 'proposed') as "refundsProposed",
       (select count(*) from refund where next_try_at is not null or koha = 'waiting') as "refundsUnderWay",
       (select count(*) from posting_to_export) as "notExported"`,
    [now],
  )
  if (!row) throw new Error('The database gave no answer')
  return row
}

/** Payments by state, for the whole of the tables. */
export async function paymentsByState(sql: Sql): Promise<{ state: string; payments: number }[]> {
  return sql.query('select state, count(*) as payments from payment group by state order by state')
}

/** The newest migration that has been run, by its name. */
export async function schemaVersion(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ name: string }>('select name from migration order by id desc limit 1')
  return row?.name ?? 'none'
}
