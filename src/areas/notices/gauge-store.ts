import type { Sql } from '../../database/database.ts'

/** Returns how many mails wait to be sent. */
export async function countWaitingNotices(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ waiting: number }>(
    `select count(*) as waiting from notice where state = 'waiting'`,
  )
  return row?.waiting ?? 0
}
