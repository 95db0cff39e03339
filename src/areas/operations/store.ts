import type { Sql } from '../../database/database.ts'

/** The newest migration that has been run, by its name. */
export async function schemaVersion(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ name: string }>('select name from migration order by id desc limit 1')
  return row?.name ?? 'none'
}
