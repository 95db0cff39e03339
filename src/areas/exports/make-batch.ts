import type { Actor } from '../../base/actor.ts'
import { localDay } from '../../base/calendar.ts'
import { version } from '../../base/version.ts'
import type { Tx } from '../../database/database.ts'
import type { BatchHeading, VoucherPart, WrittenBatch } from '../../outside/ports/economy.ts'
import type { Uses } from '../../work/context.ts'
import { type AuditHead, recordAudit } from '../audit/audit-store.ts'
import { writeAuditHead } from '../audit/write-audit-head.ts'
import { BOOK_LANGUAGE, batchFileName } from './batch.ts'
import { insertBatchFile } from './batch-file-store.ts'
import { namesIn } from './batch-names.ts'
import {
  type Batch,
  insertBatch,
  lockNextNumber,
  markBeforeBatch,
  postingsOfBatch,
  type ShownBatch,
  sumsOfBatch,
  undoBatch,
} from './batch-store.ts'
import { voucherParts, vouchersOf } from './voucher.ts'

type MakeUses = Uses<'db' | 'clock' | 'config' | 'economyFiles' | 'log'>

export interface BatchRequest {
  /** Who makes it: a person, or the part of Kvitt that does it by itself. */
  actor: Actor
  /** What a preview has shown. Without it everything booked up to now is taken. */
  shown?: ShownBatch & { until: Date }
}

/** In no outcome but `made` has anything been written. */
export type BatchOutcome =
  | { kind: 'made'; batch: Batch }
  | { kind: 'nothing' }
  /** Something else than the preview showed would be in it: another batch was made, or a late posting came in. */
  | { kind: 'changed' }
  /** A name in the configuration that a format cannot hold. */
  | { kind: 'unwritable'; format: string; faults: string[] }

/**
 * Hands over everything in the journal that no batch has: number, control totals and a file in each configured format,
 * in one transaction. From then on the batch is what it is; two who make one at the same time do so after each other.
 */
export async function makeBatch(uses: MakeUses, request: BatchRequest): Promise<BatchOutcome> {
  const { outcome, head } = await uses.db.transaction((tx) => makeIn(tx, uses, request))
  if (outcome.kind === 'made') {
    const { number, postings, total } = outcome.batch
    uses.log.info({ event: 'batch.made', batch: number, postings, total }, 'batch made')
  }
  if (head) writeAuditHead(uses.log, head)
  if (outcome.kind === 'unwritable')
    uses.log.error(
      { event: 'batch.not-made', ...outcome },
      'a batch could not be written; no number was used',
    )
  return outcome
}

/** What came of it, and the audit trail's head when something was made: the log is to hold on to it. */
interface MakeResult {
  outcome: BatchOutcome
  head?: AuditHead
}

async function makeIn(tx: Tx, uses: MakeUses, { actor, shown }: BatchRequest): Promise<MakeResult> {
  const { clock, config } = uses
  const number = await lockNextNumber(tx)
  const madeAt = clock.now()
  const { series } = config.economy
  await markBeforeBatch(tx)
  const until = shown?.until ?? madeAt
  const batch = await insertBatch(tx, { number, series, madeAt, madeBy: actor.who, until }, shown)
  if (!batch) return { outcome: { kind: shown ? 'changed' : 'nothing' } }

  const written = await writeFiles(tx, uses, batch)
  if (!written.ok) {
    await undoBatch(tx)
    return { outcome: { kind: 'unwritable', format: written.format, faults: written.faults } }
  }
  for (const { format, extension, content, sha256 } of written.files) {
    const name = `${batchFileName(series, number, localDay(madeAt))}${extension}`
    await insertBatchFile(tx, number, { format, name, content, sha256 })
  }
  const after = { postings: batch.postings, total: batch.total, sha256: written.files[0]?.sha256 ?? null }
  const head = await recordAudit(tx, madeAt, { actor, act: 'batch-made', subject: `batch ${number}`, after })
  return { outcome: { kind: 'made', batch }, head }
}

/** The batch's files, written while its postings are read: a portion of them at a time is in memory. */
async function writeFiles(
  tx: Tx,
  { config, economyFiles }: Uses<'config' | 'economyFiles'>,
  { number, series, madeAt }: Batch,
): Promise<WrittenBatch> {
  const names = namesIn(config.economy)
  const vouchers = vouchersOf(await sumsOfBatch(tx, number), names)
  const heading: BatchHeading = {
    number,
    series,
    version,
    madeOn: localDay(madeAt),
    company: {
      name: config.library.university[BOOK_LANGUAGE],
      organisationNumber: config.library.organisationNumber,
    },
    codeParts: names.parts.map(({ part, sieDimension }) => ({ part, sieDimension })),
  }
  async function* parts(): AsyncGenerator<VoucherPart[]> {
    let before: Parameters<typeof voucherParts>[1]
    for await (const postings of postingsOfBatch(tx, number)) {
      yield voucherParts(postings, before, vouchers, names)
      before = postings.at(-1)
    }
  }
  return economyFiles.write(heading, parts())
}
