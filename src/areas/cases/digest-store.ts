import type { Sql, Tx } from '../../database/database.ts'

/** Records that today's mail to an address is about to be sent. Returns false when it was before: it is not sent twice. */
export async function beginDigest(
  tx: Tx,
  { role, address, day, at }: { role: string; address: string; day: string; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into case_digest (role, address, day, begun_at) values ($1, $2, $3, $4) on conflict do nothing returning day`,
    [role, address, day, at],
  )
  return rows.length > 0
}

/** Records that a mail was sent. */
export async function recordDigestSent(
  tx: Tx,
  { role, address, day, at }: { role: string; address: string; day: string; at: Date },
): Promise<void> {
  await tx.query('update case_digest set sent_at = $4 where role = $1 and address = $2 and day = $3', [
    role,
    address,
    day,
    at,
  ])
}

/** Returns the mails of a day, and when each was sent; null when it did not get away. */
export async function digestsOf(sql: Sql, day: string): Promise<{ address: string; sentAt: Date | null }[]> {
  return sql.query('select address, sent_at as "sentAt" from case_digest where day = $1 order by address', [
    day,
  ])
}
