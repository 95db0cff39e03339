import { isAbsolute, resolve } from 'node:path'
import { connect, type Database } from './database.ts'
import { startEmbedded } from './embedded/embedded.ts'
import { migrate } from './migrate.ts'

export interface OpenDatabase {
  db: Database
  /** Names of the migrations that were run now. */
  migrated: string[]
  /** Closes the pool, and stops the embedded server if that is what we run on. */
  close(): Promise<void>
}

export interface DatabaseSettings {
  url?: string | undefined
  ownerUrl?: string | undefined
  folder: string
  connections: number
}

export interface Opening {
  /** What a relative folder in the settings is relative to. */
  folder: string
  onIdleError: (error: Error) => void
}

/** Opens the configured server, or starts the embedded one; brings the tables up to this version. */
export async function openDatabase(
  settings: DatabaseSettings,
  { folder, onIdleError }: Opening,
): Promise<OpenDatabase> {
  const place = isAbsolute(settings.folder) ? settings.folder : resolve(folder, settings.folder)
  const embedded = settings.url ? undefined : await startEmbedded(place)
  const url = settings.url ?? embedded?.url ?? ''
  const ownerUrl = settings.ownerUrl ?? url
  try {
    const migrated = await migrate(ownerUrl)
    const db = connect({ url, connections: settings.connections, as: 'service', onIdleError })
    return {
      db,
      migrated,
      close: async () => {
        await db.close()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
