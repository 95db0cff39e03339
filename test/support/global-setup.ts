import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { sharedTemporaryFolder } from '../../sandbox/temporary-folder.ts'
import { connect } from '../../src/database/database.ts'
import { type EmbeddedServer, startEmbedded } from '../../src/database/embedded/embedded.ts'
import { EmbeddedServerError } from '../../src/database/embedded/embedded-error.ts'
import { migrate } from '../../src/database/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A PostgreSQL server whose database `template_kvitt` is migrated; each test file copies it. */
    databaseServer: string
  }
}

let server: EmbeddedServer | undefined
let folder: string | undefined

/** One PostgreSQL for the whole run: TEST_DATABASE_URL when given, otherwise the embedded one in a temporary folder. */
export async function setup(project: TestProject): Promise<void> {
  // The tests start databases of their own in temporary folders.
  process.env.TMPDIR = sharedTemporaryFolder()
  const url = process.env.TEST_DATABASE_URL ?? (await startTemporary().catch(exitWithReason))
  const admin = connect({ url, connections: 1, as: 'owner' })
  await admin.query('drop database if exists template_kvitt')
  await admin.query('create database template_kvitt')
  await admin.close()
  await migrate(inDatabase(url, 'template_kvitt'))
  project.provide('databaseServer', url)
}

export async function teardown(): Promise<void> {
  await server?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
}

async function startTemporary(): Promise<string> {
  folder = mkdtempSync(join(tmpdir(), 'kvitt-test-'))
  // Tests kill nothing and cut no power here, so they need not wait for the disk.
  server = await startEmbedded(folder, { fsync: 'off', full_page_writes: 'off', max_connections: '200' })
  return server.url
}

/** What the person who runs the tests can mend is said without a stack. */
function exitWithReason(error: unknown): never {
  if (!(error instanceof EmbeddedServerError)) throw error
  if (folder) rmSync(folder, { recursive: true, force: true })
  console.error(
    `The tests cannot start their database.\n\n  ${error.message} TEST_DATABASE_URL names a PostgreSQL of your own for the tests.`,
  )
  process.exit(1)
}

function inDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
