import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { connect, type Database } from '../../src/database/database.ts'

export interface TestDatabase {
  /** As the running service sees it: the restricted role. */
  db: Database
  url: string
  drop(): Promise<void>
}

/** A migrated database of the test's own, copied from the template. Call drop() when done. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('databaseServer')
  const name = `kvitt_${randomBytes(6).toString('hex')}`
  await onServer(server, `create database ${name} template template_kvitt`)
  const address = new URL(server)
  address.pathname = `/${name}`
  const db = connect({ url: address.href, connections: 8, as: 'service' })
  return {
    db,
    url: address.href,
    drop: async () => {
      await db.close()
      await onServer(server, `drop database ${name} with (force)`)
    },
  }
}

async function onServer(url: string, sql: string): Promise<void> {
  const admin = connect({ url, connections: 1, as: 'owner' })
  try {
    await admin.query(sql)
  } finally {
    await admin.close()
  }
}
