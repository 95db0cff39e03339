import { createHash } from 'node:crypto'
import type { Actor } from '../../base/actor.ts'
import { localDay } from '../../base/calendar.ts'
import type { Ore } from '../../base/money.ts'
import { version } from '../../base/version.ts'
import type { Tx } from '../../database/database.ts'
import type { BatchToWrite } from '../../outside/ports/economy.ts'
import type { Uses } from '../../work/context.ts'
import { type AuditHead, recordAudit } from '../audit/audit-store.ts'
import { writeAuditHead } from '../audit/write-audit-head.ts'
import { batchFileName, totalsOf, vouchersOf } from './batch.ts'
import { namesIn } from './batch-names.ts'
import { type Batch, insertBatch, lockNextNumber, type NewBatch, postingsToExport } from './batch-store.ts'

type MakeUses = Uses<'db' | 'clock' | 'config' | 'formats' | 'log'>

export interface BatchWish {
  /** Who makes it: a person, or the part of Kvitt that does it by itself. */
  actor: Actor
  /** What a preview has shown. Without it everything booked up to now is taken. */
  shown?: { until: Date; postings: number; total: Ore }
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
export async function makeBatch(uses: MakeUses, wish: BatchWish): Promise<BatchOutcome> {
  const { outcome, head } = await uses.db.transaction((tx) => makeIn(tx, uses, wish))
  if (outcome.kind === 'made') {
    const { number, postings, total } = outcome.batch
    uses.log.info({ batch: number, postings, total }, 'batch made')
  }
  if (head) writeAuditHead(uses.log, head)
  if (outcome.kind === 'unwritable') uses.log.error(outcome, 'batch not made')
  return outcome
}

/** What came of it, and the audit trail's head when something was made: the log is to hold on to it. */
interface Made {
  outcome: BatchOutcome
  head?: AuditHead
}

async function makeIn(tx: Tx, uses: MakeUses, { actor, shown }: BatchWish): Promise<Made> {
  const { clock, config, formats } = uses
  const number = await lockNextNumber(tx)
  const madeAt = clock.now()
  const postings = await postingsToExport(tx, shown?.until ?? madeAt)
  const totals = totalsOf(postings)
  if (shown && (shown.postings !== (totals?.postings ?? 0) || shown.total !== totals?.total)) {
    return { outcome: { kind: 'changed' } }
  }
  if (!totals) return { outcome: { kind: 'nothing' } }

  const { series } = config.economy
  const names = namesIn(config.economy)
  const content: BatchToWrite = {
    number,
    series,
    version,
    madeOn: localDay(madeAt),
    company: {
      name: config.library.university.sv,
      organisationNumber: config.library.organisationNumber,
    },
    codeParts: names.parts.map(({ part, sieDimension }) => ({ part, sieDimension })),
    vouchers: vouchersOf(postings, names),
  }
  const files: NewBatch['files'] = []
  for (const format of formats) {
    const written = format.write(content)
    if (!written.ok) {
      return { outcome: { kind: 'unwritable', format: format.name, faults: written.unwritable } }
    }
    const name = `${batchFileName(series, number, content.madeOn)}${written.extension}`
    const sha256 = createHash('sha256').update(written.content).digest('hex')
    files.push({ format: format.name, name, content: written.content, sha256 })
  }
  const batch = { number, series, madeAt, madeBy: actor.who, ...totals }
  await insertBatch(tx, { ...batch, postingIds: postings.map(({ id }) => id), files })
  const after = { postings: totals.postings, total: totals.total, sha256: files[0]?.sha256 ?? null }
  const head = await recordAudit(tx, madeAt, { actor, act: 'batch-made', subject: `batch ${number}`, after })
  return { outcome: { kind: 'made', batch }, head }
}
