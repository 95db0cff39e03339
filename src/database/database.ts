import { Pool, type PoolClient, type QueryConfig, types } from 'pg'

/** Anything that takes SQL: the pool, or one transaction. */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>
}

/**
 * SQL inside a transaction. What writes takes a Tx, so that no write can be left outside one by mistake; a plain Sql only
 * reads.
 */
export interface Tx extends Sql {
  readonly inTransaction: true
}

/** SQL whose every statement commits by itself: for a write that is right to stand alone, whatever comes after it. */
export interface Own extends Sql {
  readonly commitsByItself: true
}

export interface Database extends Own {
  /** Runs the work in one transaction; rolls back and rethrows when it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

// bigint columns are öre and ids: all below 2^53, and a larger one must not be silently rounded.
types.setTypeParser(types.builtins.INT8, (text) => {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError(`bigint out of range: ${text}`)
  return number
})
// A date stays the text it is: a Date object would move it into another time zone.
types.setTypeParser(types.builtins.DATE, (text) => text)

/** The role that the running service acts as: it may not update or delete what is append-only. */
export const SERVICE_ROLE = 'kvitt_service'

/**
 * A process that is stopped in the middle of a transaction (a frozen machine) keeps its locks from all other instances.
 * After so long the server rolls it back and hangs up; nobody of ours waits for anything outside within a transaction.
 */
const LONGEST_PAUSE = '15s'

export interface ConnectOptions {
  url: string
  connections: number
  /** `service` acts as the restricted role; `owner` is for migrations and tests. */
  as: 'service' | 'owner'
  /** Told about connections that break while idle. The pool replaces them by itself. */
  onIdleError?: (error: Error) => void
}

export function connect({ url, connections, as, onIdleError }: ConnectOptions): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    // Statements of a transaction that do not need each other's answers may be awaited together: they then travel together.
    pipeline: true,
    // Durable or not acknowledged: never trust a server's or a role's default for this.
    options: `-c synchronous_commit=on -c timezone=UTC -c idle_in_transaction_session_timeout=${LONGEST_PAUSE}${as === 'service' ? ` -c role=${SERVICE_ROLE}` : ''}`,
  })
  pool.on('error', (error) => onIdleError?.(error))

  return {
    commitsByItself: true,
    query: async <Row>(text: string, values: unknown[] = []) =>
      (await pool.query(prepared(text, values))).rows as Row[],
    transaction: (work) => inTransaction(pool, work),
    close: () => pool.end(),
  }
}

const names = new Map<string, string>()
/** More texts than Kvitt has: one that is made up anew each time must not fill the server's memory. */
const MOST_NAMES = 400
const ALL_COLUMNS = /(select|returning|\.)\s*\*/i

/**
 * A statement is read and planned once for each connection, which is half of what most of ours cost. Not one that asks
 * for all columns: when a newer version adds one, PostgreSQL refuses what was prepared before.
 */
function prepared(text: string, values: unknown[]): QueryConfig {
  let name = names.get(text)
  if (name === undefined && names.size < MOST_NAMES && values.length > 0 && !ALL_COLUMNS.test(text)) {
    name = `kvitt-${names.size}`
    names.set(text, name)
  }
  return name === undefined ? { text, values } : { name, text, values }
}

async function inTransaction<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  // The server may hang up between two statements; the next one fails with it. Unheard, it would end the process.
  const hungUp = () => {}
  client.on('error', hungUp)
  const release = (broken?: Error) => {
    client.off('error', hungUp)
    client.release(broken)
  }
  try {
    await client.query('BEGIN')
    const result = await work(asTx(client))
    const { command } = await client.query('COMMIT')
    // PostgreSQL answers COMMIT of a transaction in which a statement has failed with ROLLBACK, and without an error.
    if (command !== 'COMMIT')
      throw new Error('The transaction was rolled back: one of its statements had failed')
    release()
    return result
  } catch (error) {
    // A connection that cannot even roll back is thrown away, not put back into the pool.
    release(
      await client.query('ROLLBACK').then(
        () => undefined,
        (failure: Error) => failure,
      ),
    )
    throw error
  }
}

function asTx(client: PoolClient): Tx {
  return {
    inTransaction: true,
    query: async <Row>(text: string, values: unknown[] = []) =>
      (await client.query(prepared(text, values))).rows as Row[],
  }
}
