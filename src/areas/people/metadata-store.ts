import type { Own } from '../../database/database.ts'

/**
 * Returns a cache of identity providers' signed metadata that outlives a restart and that instances share. Who reads it
 * checks it again.
 */
export function idpMetadataCache(db: Own) {
  return {
    read: async (entityId: string): Promise<{ xml: string; fetchedAt: string } | undefined> => {
      const [row] = await db.query<{ xml: string; fetchedAt: string }>(
        `select xml, to_char(fetched_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "fetchedAt"
           from idp_metadata where entity_id = $1`,
        [entityId],
      )
      return row
    },
    write: async (entityId: string, xml: string, fetchedAt: string): Promise<void> => {
      await db.query(
        `insert into idp_metadata (entity_id, xml, fetched_at) values ($1, $2, $3)
         on conflict (entity_id) do update set xml = excluded.xml, fetched_at = excluded.fetched_at`,
        [entityId, xml, fetchedAt],
      )
    },
  }
}
