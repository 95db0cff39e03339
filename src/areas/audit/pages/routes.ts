import { type RequestHandler, Router } from 'express'
import { z } from 'zod'
import type { Area, Words } from '../../../area.ts'
import { requireRole } from '../../../web/middleware/require.ts'
import { showPage, wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import type { AuditFacts } from '../audit.ts'
import { type AuditFilter, listAudit } from '../audit-store.ts'
import { type AuditVerdict, verifyAudit } from '../verify-audit.ts'

const SIZE = 50

type Uses = Pick<Context, 'db'>

/** Returns the pages of the audit trail, for the auditor alone: to read, to search, to check. */
export function auditRouter(uses: Uses, areas: readonly Area[]): Router {
  const router = Router()
  router.use('/audit', requireRole('auditor'))
  router.get('/audit', trailPage(uses, actsOf(areas)))
  return router
}

const words = z.string().trim().min(1).max(200).nullable().catch(null)
const query = z.object({
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).nullable().catch(null),
  who: words,
  act: words,
  subject: words,
})

/** GET /audit?who=&act=&subject=: newest first. With `check` the whole trail is held to its hashes first. */
function trailPage({ db }: Uses, acts: ReadonlyMap<string, Words>): RequestHandler {
  return async (req, res) => {
    const { language } = wordsOf(req)
    const { before = null, who = null, act = null, subject = null } = req.query
    const filter = query.parse({ before, who, act, subject })
    const verdict = req.query.check === undefined ? undefined : await verifyAudit(db)
    const found = await listAudit(db, filter, SIZE + 1)
    const rows = found.slice(0, SIZE)
    const last = rows.at(-1)
    showPage(res, 'audit/trail', {
      rows: rows.map((row) => ({
        ...row,
        // What an older version did may have no words any more.
        act: acts.get(row.act)?.[language] ?? row.act,
        at: new Date(row.at),
        before: inWords(row.before),
        after: inWords(row.after),
      })),
      filter,
      acts: [...acts].map(([name, words]) => ({ name, words: words[language] })),
      filtered: [filter.who, filter.act, filter.subject].some((part) => part !== null),
      verdict: verdict && asShown(verdict),
      older: found.length > SIZE && last ? address({ ...filter, before: last.id }) : null,
      newest: filter.before === null ? null : address({ ...filter, before: null }),
    })
  }
}

/** What stands in the trail of all areas, in their order. */
function actsOf(areas: readonly Area[]): ReadonlyMap<string, Words> {
  return new Map(areas.flatMap(({ acts = {} }) => Object.entries(acts)))
}

function asShown(verdict: AuditVerdict): { rows: number; newest: string | null } | { broken: number } {
  if (!verdict.ok) return { broken: verdict.fault.id }
  return { rows: verdict.rows, newest: verdict.head ? `${verdict.head.id}:${verdict.head.hash}` : null }
}

function inWords(facts: AuditFacts | null): string[] {
  return Object.entries(facts ?? {}).map(([name, value]) => `${name}: ${value ?? '–'}`)
}

function address(filter: AuditFilter): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) if (value !== null) given.set(name, String(value))
  return given.size === 0 ? '/audit' : `/audit?${given}`
}
