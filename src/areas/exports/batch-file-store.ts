import type { Sql, Tx } from '../../database/database.ts'

/** A file of a batch, without its bytes. */
export interface BatchFile {
  format: string
  name: string
  sha256: string
  bytes: number
}

export interface BatchDownload {
  format: string
  at: Date
  by: string
}

/** Records a file of a batch. Nobody may change it afterwards. */
export async function insertBatchFile(
  tx: Tx,
  number: number,
  { format, name, content, sha256 }: Omit<BatchFile, 'bytes'> & { content: Uint8Array },
): Promise<void> {
  await tx.query(
    'insert into batch_file (batch_number, format, name, content, sha256) values ($1, $2, $3, $4, $5)',
    [number, format, name, content, sha256],
  )
}

/** Returns what is known of a batch's files, SIE first. */
export async function filesOf(sql: Sql, number: number): Promise<BatchFile[]> {
  return sql.query<BatchFile>(
    `select format, name, sha256, length(content) as bytes from batch_file where batch_number = $1 order by name desc`,
    [number],
  )
}

/** Returns the very bytes that were handed over. */
export async function readBatchFile(
  sql: Sql,
  number: number,
  format: string,
): Promise<{ name: string; content: Buffer; sha256: string } | undefined> {
  const [row] = await sql.query<{ name: string; content: Buffer; sha256: string }>(
    'select name, content, sha256 from batch_file where batch_number = $1 and format = $2',
    [number, format],
  )
  return row
}

export async function recordDownload(
  tx: Tx,
  number: number,
  { format, at, by }: BatchDownload,
): Promise<void> {
  await tx.query('insert into batch_download (batch_number, format, at, by) values ($1, $2, $3, $4)', [
    number,
    format,
    at,
    by,
  ])
}

/** Returns who has fetched a batch's files, newest first. */
export async function downloadsOf(sql: Sql, number: number): Promise<BatchDownload[]> {
  return sql.query<BatchDownload>(
    'select format, at, by from batch_download where batch_number = $1 order by id desc limit 100',
    [number],
  )
}
