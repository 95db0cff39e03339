import { createHash } from 'node:crypto'
import type { Uses } from '../context.ts'
import { readBatchFile, recordDownload } from './batch-store.ts'

/** A file of a batch, byte for byte as it was made, with the content type of its format. */
export interface FetchedFile {
  name: string
  content: Buffer
  contentType: string
}

/** Gives a batch's file out and remembers to whom. Undefined when there is no such file. */
export async function downloadBatch(
  { db, clock, formats }: Uses<'db' | 'clock' | 'formats'>,
  { number, format, by }: { number: number; format: string; by: string },
): Promise<FetchedFile | undefined> {
  const file = await readBatchFile(db, number, format)
  if (!file) return undefined
  const sha256 = createHash('sha256').update(file.content).digest('hex')
  if (sha256 !== file.sha256) throw new Error(`The file ${file.name} is not what was made: its hash differs`)
  await db.transaction((tx) => recordDownload(tx, number, { format, at: clock.now(), by }))
  const contentType = formats.find(({ name }) => name === format)?.contentType ?? 'application/octet-stream'
  return { name: file.name, content: file.content, contentType }
}
