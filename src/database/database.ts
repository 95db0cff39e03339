import { Pool, type PoolClient, types } from 'pg'

/** Anything that takes SQL: the pool, or one transaction. */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>
}

/** SQL inside a transaction. What writes takes a Tx, so that no write can be left outside one by mistake. */
export interface Tx extends Sql {
  readonly inTransaction: true
}

export interface Database extends Sql {
  /** Runs the work in one transaction; rolls back and rethrows when it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** For libraries that want a pool of their own choosing (sessions). */
  pool: Pool
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
    // Durable or not acknowledged: never trust a server's or a role's default for this.
    options: `-c synchronous_commit=on -c timezone=UTC${as === 'service' ? ` -c role=${SERVICE_ROLE}` : ''}`,
  })
  pool.on('error', (error) => onIdleError?.(error))

  return {
    pool,
    query: async <Row>(text: string, values: unknown[] = []) =>
      (await pool.query(text, values)).rows as Row[],
    transaction: (work) => inTransaction(pool, work),
    close: () => pool.end(),
  }
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
    await client.query('COMMIT')
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
      (await client.query(text, values)).rows as Row[],
  }
}
