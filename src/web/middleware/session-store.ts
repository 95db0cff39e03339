import connectPgSimple from 'connect-pg-simple'
import expressSession from 'express-session'
import type { Pool } from 'pg'
import type { Own } from '../../database/database.ts'

export interface SessionStoreOptions {
  /** How long a session lives without a click, seconds. */
  lifetime: number
  onPruneError: () => void
}

const PgStore = connectPgSimple(expressSession)

/**
 * Returns connect-pg-simple's store, which speaks through our database, where statements are prepared: every page of
 * somebody who is signed in reads a session, and to parse and plan that anew was half of what a page cost PostgreSQL.
 */
export function createSessionStore(db: Own, { lifetime, onPruneError }: SessionStoreOptions) {
  // All that the store asks of a pool.
  const pool = {
    query: async (text: string, values?: unknown[]) => ({ rows: await db.query(text, values) }),
  }
  return new PgStore({
    pool: pool as unknown as Pool,
    tableName: 'session',
    createTableIfMissing: false,
    ttl: lifetime,
    pruneSessionInterval: 15 * 60,
    errorLog: onPruneError,
  })
}
