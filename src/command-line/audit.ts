import { systemClock } from '../context.ts'
import type { AuditFault } from '../people/audit.ts'
import type { AuditHead } from '../people/audit-store.ts'
import { verifyAudit } from '../people/verify-audit.ts'
import { configurationOrExit } from './configuration.ts'
import { withDatabase } from './with-database.ts'

/**
 * `kvitt audit verify`: holds the trail to its hashes and prints the newest, to be written down elsewhere. With
 * `--head 412:9f…` also says whether that row is still there. Ends with 1 when the trail is not what was written.
 */
export async function auditVerify(file: string, head: string | undefined): Promise<void> {
  const known = head === undefined ? undefined : readHead(head)
  if (known === 'unreadable') {
    console.error('--head must be a number and a hash, as printed before: 412:9f86d0…')
    process.exitCode = 2
    return
  }
  const config = configurationOrExit(file)
  await withDatabase(config, async (db) => {
    const verdict = await verifyAudit(db, known)
    const now = systemClock.now().toISOString()
    if (verdict.ok) {
      console.log(`✓ ${verdict.rows} entries follow one another (${now})`)
      if (verdict.head) console.log(`  newest: ${verdict.head.id}:${verdict.head.hash}`)
    } else {
      console.error(`✗ ${inWords(verdict.fault)} (${now})`)
      process.exitCode = 1
    }
  })
}

function readHead(text: string): AuditHead | 'unreadable' {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text)
  return match ? { id: Number(match[1]), hash: match[2] ?? '' } : 'unreadable'
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
