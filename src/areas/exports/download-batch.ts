import { createHash } from 'node:crypto'
import type { Actor } from '../../base/actor.ts'
import type { EconomyFormat } from '../../outside/ports/economy.ts'
import type { Uses } from '../../work/context.ts'
import { recordAudit } from '../audit/audit-store.ts'
import { readBatchFile, recordDownload } from './batch-file-store.ts'

/** A file of a batch, byte for byte as it was made, with the content type of its format. */
export interface FetchedFile {
  name: string
  content: Buffer
  contentType: string
}

/** Gives a batch's file out and remembers to whom. Undefined when there is no such file. */
export async function downloadBatch(
  { db, clock, economyFiles }: Uses<'db' | 'clock' | 'economyFiles'>,
  { number, format, actor }: { number: number; format: string; actor: Actor },
): Promise<FetchedFile | undefined> {
  const file = await readBatchFile(db, number, format)
  if (!file) return undefined
  const sha256 = createHash('sha256').update(file.content).digest('hex')
  if (sha256 !== file.sha256) throw new Error(`The file ${file.name} is not what was made: its hash differs`)
  await db.transaction(async (tx) => {
    const at = clock.now()
    await recordDownload(tx, number, { format, at, by: actor.who })
    const after = { format, sha256 }
    await recordAudit(tx, at, { actor, act: 'batch-downloaded', subject: `batch ${number}`, after })
  })
  const contentType = contentTypeOf(format, economyFiles.formats)
  return { name: file.name, content: file.content, contentType }
}

/** A format that is no longer configured has left its files behind. */
function contentTypeOf(format: string, formats: EconomyFormat[]): string {
  return formats.find(({ name }) => name === format)?.contentType ?? 'application/octet-stream'
}
