import type { Database } from '../../src/database/database.ts'

/** Sign-ins stay as they are, and so does what nobody may change or what nothing waits for. */
const UNTOUCHED = ['session', 'migration', 'audit', 'posting', 'payment_event', 'webhook', 'idp_metadata']

/**
 * Moves every moment in the tables so much further into the past, which is to them as if the time had gone by: leases
 * run out, what is planned is due. The clocks go on as before, so that everybody still agrees on the hour.
 */
export async function moveBack(db: Database, seconds: number): Promise<void> {
  for (const statement of await statementsFor(db)) await db.query(statement, [seconds])
}

const known = new WeakMap<Database, Promise<string[]>>()

function statementsFor(db: Database): Promise<string[]> {
  const statements = known.get(db) ?? readStatements(db)
  known.set(db, statements)
  return statements
}

async function readStatements(db: Database): Promise<string[]> {
  const rows = await db.query<{ statement: string }>(
    `select format('update %I set %s', table_name,
                   string_agg(format('%1$I = %1$I - make_interval(secs => $1)', column_name), ', ')) as statement
     from information_schema.columns
     where table_schema = 'public' and data_type = 'timestamp with time zone'
       and not table_name = any($1) and not table_name like 'batch%' and not table_name like 'sign_in%'
     group by table_name`,
    [UNTOUCHED],
  )
  return rows.map(({ statement }) => statement)
}
