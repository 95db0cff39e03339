import type { Own } from './database.ts'

/** Work that stands in rows: where, which column says when a row is due, and which rows may be worked on at all. */
export interface DueWork {
  table: string
  key: string
  dueAt: string
  /** SQL; null when the column alone says it. `$4` and so on are the values that are given. */
  waiting: string | null
  /** SQL: another table whose row belongs to each, and how; `tells` may name its columns. */
  joined?: { table: string; on: string }
  /** SQL: what else is written into a row that is claimed. */
  marks?: string
  /** SQL: what the worker is told of each row. */
  tells: string
}

/**
 * Takes the longest due rows for `leaseSeconds`: if we die with one in hand it becomes due again by itself, and no two
 * workers take the same one. All due work of Kvitt is taken in this one way.
 */
export function claimDue<Row>(
  own: Own,
  { table, key, dueAt, waiting, joined, marks, tells }: DueWork,
  now: Date,
  leaseSeconds: number,
  limit: number,
  values: unknown[] = [],
): Promise<Row[]> {
  return own.query<Row>(
    `update ${table} set ${dueAt} = $1::timestamptz + make_interval(secs => $2)${marks ? `, ${marks}` : ''}
     ${joined ? `from ${joined.table} where ${joined.on} and` : 'where'} ${table}.${key} = any(array(select ${key} from ${table} where ${waiting ? `${waiting} and ` : ''}${dueAt} <= $1
                      order by ${dueAt} limit $3 for update skip locked))
     returning ${tells}`,
    [now, leaseSeconds, limit, ...values],
  )
}
