import type { RequestHandler } from 'express'
import type { PageTools } from '../../../area.ts'
import { version } from '../../../base/version.ts'
import { maskedSettings } from '../../../config/masked-settings.ts'
import { showPage, wordsOf } from '../../../web/render.ts'
import { caseKindsOf } from '../../cases/case-kinds.ts'
import { caseWords } from '../../cases/case-words.ts'
import { listOpenCases } from '../../cases/store.ts'
import { troubleWords } from '../../payments/trouble-words.ts'
import { databaseVersion, retriedPayments } from '../leftover-store.ts'
import { type Remaining, remainingWork, schemaVersion } from '../store.ts'
import { ageOf } from './age.ts'
import { neighbourList } from './neighbour-list.ts'
import { settingRows } from './setting-rows.ts'

/** Longer lists are for the economy office. */
const MOST = 50

export type StateTools = Pick<PageTools, 'context' | 'metrics' | 'identityProvider' | 'areas'>

/** GET /operations: how the neighbours do, what remains to be done, and what is running with which settings. */
export function statePage({ context, metrics, identityProvider, areas }: StateTools): RequestHandler {
  const { db, clock, config } = context
  const neighbours = areas.flatMap((area) => area.neighbours?.({ context, identityProvider }) ?? [])
  const settings = settingRows(maskedSettings(config))
  const kinds = caseKindsOf(areas)
  const begunAt = clock.now()
  return async (req, res) => {
    const [remaining, cases, retried, database, schema] = await Promise.all([
      remainingWork(db, clock.now()),
      listOpenCases(db, [...kinds.keys()], MOST),
      retriedPayments(db, MOST),
      databaseVersion(db),
      schemaVersion(db),
    ])
    const roles = req.user?.roles ?? []
    const { language } = wordsOf(req)
    showPage(res, 'operations/state', {
      neighbours: neighbourList(neighbours, metrics.neighbours()),
      tiles: tilesOf(remaining),
      cases: cases.map((one) => ({
        ...caseWords(kinds, one, language),
        subject: one.subject,
        openedAt: one.openedAt,
        href: kinds.get(one.kind)?.subject.page(one),
      })),
      retried: retried.map((one) => ({ ...one, lastTrouble: troubleWords(one.lastTrouble, language) })),
      paymentsOpen: config.payments.open,
      exportsByItself: config.economy.exportHour !== undefined,
      versions: { kvitt: version, node: process.version, database: database.server, schema },
      begunAt,
      settings,
      mayOpenPayments: roles.some((role) => ['economy', 'approver', 'auditor'].includes(role)),
    })
  }
}

/** The figures that show whether the work keeps up, each with how long the oldest has waited where that matters. */
function tilesOf(remaining: Remaining) {
  const tile = (
    name: Exclude<keyof Remaining, 'oldestNotRegistered' | 'oldestWebhook'>,
    oldest?: number,
  ) => ({
    name,
    count: remaining[name],
    oldest: oldest === undefined || remaining[name] === 0 ? null : ageOf(oldest),
  })
  return [
    tile('openCases'),
    tile('notRegistered', remaining.oldestNotRegistered),
    tile('openPayments'),
    tile('webhooksWaiting', remaining.oldestWebhook),
    tile('noticesWaiting'),
    tile('refundsProposed'),
    tile('refundsUnderWay'),
    tile('notExported'),
  ]
}
