import type { Database, Sql } from '../../src/database/database.ts'

/** A statement, and the tables that it would read from end to end. */
export interface Explained {
  statement: string
  scanned: string[]
}

/** Runs what reads by one statement, and returns what it read and how many pages of tables and indexes the server looked at. */
export async function pagesReadBy<Rows>(
  db: Sql,
  read: (sql: Sql) => Promise<Rows>,
): Promise<{ rows: Rows; pages: number }> {
  let pages = 0
  const rows = await read({
    query: async <Row>(text: string, values: unknown[] = []) => {
      const [row] = await db.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
        `explain (analyze, buffers, format json) ${text}`,
        values,
      )
      const plan = row?.['QUERY PLAN'][0]?.Plan
      pages += (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0)
      return db.query<Row>(text, values)
    },
  })
  return { rows, pages }
}

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Shared Hit Blocks'?: number
  'Shared Read Blocks'?: number
  Plans?: Plan[]
}

/** Has each new statement explained, with its own values, before it is run. */
export function explaining(db: Database): { db: Database; explained: Explained[] } {
  const explained = new Map<string, Explained>()
  const asked = <Asked extends Sql>(sql: Asked): Asked => ({
    ...sql,
    query: async <Row>(text: string, values: unknown[] = []) => {
      const statement = text.replace(/\s+/g, ' ').trim()
      if (!explained.has(statement) && /^(select|insert|update|delete|with|declare)\b/i.test(statement)) {
        explained.set(statement, { statement, scanned: [] })
        const [row] = await sql.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
          // A cursor's plan is its query's.
          `explain (format json) ${text.replace(/^\s*declare .*? for\b/s, '')}`,
          values,
        )
        const scanned = row?.['QUERY PLAN'].flatMap(({ Plan }) => scansIn(Plan)) ?? []
        explained.set(statement, { statement, scanned })
      }
      return sql.query<Row>(text, values)
    },
  })
  return {
    db: { ...asked(db), transaction: (work) => db.transaction((tx) => work(asked(tx))) },
    get explained() {
      return [...explained.values()]
    },
  }
}

function scansIn(plan: Plan): string[] {
  const below = (plan.Plans ?? []).flatMap(scansIn)
  return plan['Node Type'] === 'Seq Scan' && plan['Relation Name'] ? [plan['Relation Name'], ...below] : below
}
