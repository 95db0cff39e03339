import type { Config } from '../../config/load.ts'
import type { Database } from '../../database/database.ts'
import { openDatabase } from '../../database/open.ts'
import { exitIfMendable } from './cannot-start.ts'

/** Opens the database of the settings for one command's work, and closes it whatever comes of it. Ends the process with 1 when it cannot run. */
export async function withDatabase(config: Config, work: (db: Database) => Promise<void>): Promise<void> {
  const { db, close } = await openDatabase(config.database, {
    folder: config.folder,
    onIdleError: () => {},
  }).catch((error: unknown) => {
    exitIfMendable(error)
    throw error
  })
  try {
    await work(db)
  } finally {
    await close()
  }
}
