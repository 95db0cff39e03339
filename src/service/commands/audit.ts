import { readFileSync } from 'node:fs'
import type { AuditFault } from '../../areas/audit/audit.ts'
import type { AuditHead } from '../../areas/audit/audit-store.ts'
import { verifyAudit } from '../../areas/audit/verify-audit.ts'
import { systemClock } from '../../work/context.ts'
import { configurationOrExit } from './configuration.ts'
import { withDatabase } from './with-database.ts'

/** Heads that were kept elsewhere: one by hand, or all that stand in a log. */
export interface KnownHeads {
  head?: string
  log?: string
}

/**
 * `kvitt audit verify`: holds the trail to its hashes and prints the newest, to be written down elsewhere. With
 * `--head 412:9f…` also says whether that row is still there, and with `--log FILE` all those that Kvitt wrote to its log.
 * Ends with 1 when the trail is not what was written, with 2 when there is nothing to hold it to.
 */
export async function auditVerify(file: string, given: KnownHeads): Promise<void> {
  const known = readKnown(given)
  if (typeof known === 'string') {
    console.error(known)
    process.exitCode = 2
    return
  }
  await withDatabase(configurationOrExit(file), async (db) => {
    const verdict = await verifyAudit(db, known)
    const now = systemClock.now().toISOString()
    if (verdict.ok) {
      console.log(`✓ ${verdict.rows} entries follow one another (${now})`)
      if (known.length > 0) console.log(`✓ ${known.length} known from before, all there`)
      if (verdict.head) console.log(`  newest: ${verdict.head.id}:${verdict.head.hash}`)
    } else {
      console.error(`✗ ${inWords(verdict.fault)} (${now})`)
      process.exitCode = 1
    }
  })
}

/** The heads, or in words what is wrong with what was given. */
function readKnown({ head, log }: KnownHeads): AuditHead[] | string {
  const byHand = head === undefined ? [] : headsIn(`"auditHead":"${head}"`)
  if (head !== undefined && byHand.length === 0)
    return '--head must be a number and a hash, as printed before: 412:9f86d0…'
  if (log === undefined) return byHand
  let text: string
  try {
    text = readFileSync(log === '-' ? 0 : log, 'utf8')
  } catch {
    return `--log: ${log} cannot be read`
  }
  const logged = headsIn(text)
  return logged.length === 0 ? `--log: there is no "audit head" in ${log}` : [...byHand, ...logged]
}

/** Whatever a log collector has put around our lines. */
function headsIn(text: string): AuditHead[] {
  const found = text.matchAll(/\\*"auditHead\\*":\s*\\*"(\d{1,15}):([0-9a-f]{64})\\*"/g)
  return [...found].map(([, id, hash = '']) => ({ id: Number(id), hash }))
}

function inWords({ kind, id }: AuditFault): string {
  switch (kind) {
    case 'changed':
      return `entry ${id} is not what was written, or the one before it is not`
    case 'missing-before':
      return `before entry ${id} something is missing`
    case 'cut-off':
      return `entry ${id}, known from before, is not there any more or is another`
  }
}
