import { fileURLToPath } from 'node:url'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import { SERVICE_ROLE } from './database.ts'
import { LOCKS } from './locks.ts'

/** Where the migrations are: files of SQL, run in the order of their names. */
export const MIGRATIONS = fileURLToPath(new URL('./migrations/', import.meta.url))

/**
 * Brings the tables up to this version. Instances that start together wait for each other (an advisory lock that the
 * server drops if we die). Each migration is a file of SQL, forward only. Returns the names of those that were run now.
 * Throws when the database is newer than this program or cannot be reached.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  // What goes wrong is told by the statement that meets it.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCKS.migrations])
    await makeServiceRole(client)
    const done = await runner({
      dbClient: client,
      dir: MIGRATIONS,
      direction: 'up',
      migrationsTable: 'migration',
      // node-pg-migrate's own lock refuses instead of waiting.
      noLock: true,
      log: () => {},
    })
    // The service may see which tables it works with.
    await client.query(`grant select on migration to ${SERVICE_ROLE}`)
    return done.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

/** Roles belong to the whole server, so two databases may make it at once; the loser finds it made. */
async function makeServiceRole(client: pg.Client): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [SERVICE_ROLE])
  if (found.rows.length > 0) return
  await client.query(`create role ${SERVICE_ROLE} nologin`).catch((error: { code?: string }) => {
    if (error.code !== '42710' && error.code !== '23505') throw error
  })
}
