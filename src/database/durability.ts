import type { Sql } from './database.ts'

/** What a server's settings mean for a power cut. `loses`: what was acknowledged may be gone. `tears`: only where disks tear pages. */
export interface Durability {
  loses: string | null
  tears: string | null
}

/**
 * Reads the settings that decide whether what is committed is still there after a power cut. `synchronous_commit` is not
 * among them: each of our connections turns it on for itself (database.ts).
 */
export async function durabilityOf(sql: Sql): Promise<Durability> {
  const [row] = await sql.query<{ fsync: string; pages: string }>(
    `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages`,
  )
  return {
    loses: row?.fsync === 'on' ? null : 'fsync is off: a power cut loses payments that were made. Turn it on',
    tears:
      row?.pages === 'on'
        ? null
        : 'full_page_writes is off: right only on a file system that never writes half a page (ZFS)',
  }
}
