import type { Sql } from '../../database/database.ts'

/** Returns what remains to be done about refunds, each by an index of its own. */
export async function readRefundBacklog(sql: Sql): Promise<Record<string, number>> {
  const [row] = await sql.query<Record<string, number>>(
    `select (select count(*) from refund where state = 'proposed') as refunds_proposed,
            (select count(*) from refund where next_try_at is not null or koha = 'waiting') as refunds_under_way`,
  )
  return row ?? {}
}
