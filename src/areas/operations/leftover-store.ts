import { type Ore, ore } from '../../base/money.ts'
import type { Sql } from '../../database/database.ts'

/** A payment that does not go on by itself, or has not yet. Whose it is is not told here. */
export interface Leftover {
  reference: string
  amount: Ore
  state: string
  /** Paid and waiting for Koha since then. */
  since: Date
  /** How often Koha was tried, and what it said last. */
  tries: number
  lastTrouble: string | null
}

type Row = Omit<Leftover, 'amount'> & { amount: number }

const LEFTOVER = `payment.reference, payment.amount, payment.state,
  coalesce(write_back.tries, 0) as tries, write_back.last_trouble as "lastTrouble"`

/** Paid, tried in vain and not yet in Koha, the longest waiting first. They are tried again by themselves. */
export async function retriedPayments(sql: Sql, limit: number): Promise<Leftover[]> {
  const rows = await sql.query<Row>(
    `select ${LEFTOVER}, write_back.created_at as since
     from write_back join payment on payment.id = write_back.payment_id
     where write_back.state = 'waiting' and write_back.tries > 0 and payment.parked is null
     order by write_back.created_at limit $1`,
    [limit],
  )
  return rows.map(asLeftover)
}

function asLeftover(row: Row): Leftover {
  return { ...row, amount: ore(row.amount) }
}

/** The server's own version, and how many migrations have been run. */
export async function databaseVersion(sql: Sql): Promise<{ server: string; migrations: number }> {
  const [row] = await sql.query<{ server: string; migrations: number }>(
    `select current_setting('server_version') as server, (select count(*) from migration) as migrations`,
  )
  if (!row) throw new Error('The database gave no answer')
  return row
}
