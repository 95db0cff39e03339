import { createHash } from 'node:crypto'
import type { BatchHeading, VoucherPart, WrittenBatch } from '../ports/economy.ts'
import { exportFormats } from './list.ts'

export interface BatchFilesRequest {
  formats: (keyof typeof exportFormats)[]
  heading: BatchHeading
}

/**
 * Returns a batch's file in each format, or what the first that cannot hold it cannot hold. It blocks its thread for
 * seconds when the batch is long: the service calls it off the event loop (economy-files.ts).
 */
export async function batchFiles(
  { formats: names, heading }: BatchFilesRequest,
  parts: AsyncIterable<VoucherPart[]>,
): Promise<WrittenBatch> {
  const writers = names.map((name) => ({ format: name, writer: exportFormats[name].begin(heading) }))
  for await (const some of parts) for (const part of some) for (const { writer } of writers) writer.add(part)
  const files = []
  for (const { format, writer } of writers) {
    const written = writer.end()
    if (!written.ok) return { ok: false, format, faults: written.unwritable }
    const { extension, content } = written
    files.push({ format, extension, content, sha256: createHash('sha256').update(content).digest('hex') })
  }
  return { ok: true, files }
}
