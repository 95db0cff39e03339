import type { RequestHandler } from 'express'
import type { Area, Figure, PageTools } from '../../../area.ts'
import type { Language } from '../../../base/language.ts'
import { version } from '../../../base/version.ts'
import type { Config } from '../../../config/load.ts'
import { maskedSettings } from '../../../config/masked-settings.ts'
import { showPage, wordsOf } from '../../../web/render.ts'
import { caseKindsOf } from '../../cases/case-kinds.ts'
import { caseWords } from '../../cases/case-words.ts'
import { listOpenCases } from '../../cases/store.ts'
import { troubleWords } from '../../payments/trouble-words.ts'
import { gaugesOf, hasTile, totalOf } from '../gauge.ts'
import { databaseVersion, retriedPayments } from '../leftover-store.ts'
import { readGauges } from '../read-gauges.ts'
import { schemaVersion } from '../store.ts'
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
    const [figures, cases, retried, database, schema] = await Promise.all([
      readGauges(context, areas, hasTile),
      listOpenCases(db, [...kinds.keys()], MOST),
      retriedPayments(db, MOST),
      databaseVersion(db),
      schemaVersion(db),
    ])
    const roles = req.user?.roles ?? []
    const { language } = wordsOf(req)
    showPage(res, 'operations/state', {
      neighbours: neighbourList(neighbours, metrics.neighbours()),
      tiles: tilesOf(areas, figures, { config, language }),
      cases: cases.map((one) => ({
        ...caseWords(kinds, one, language),
        subject: one.subject,
        openedAt: one.openedAt,
        href: kinds.get(one.kind)?.subject.page(one),
      })),
      retried: retried.map((one) => ({ ...one, lastTrouble: troubleWords(one.lastTrouble, language) })),
      paymentsOpen: config.payments.open,
      versions: { kvitt: version, node: process.version, database: database.server, schema },
      begunAt,
      settings,
      mayOpenPayments: roles.some((role) => ['economy', 'approver', 'auditor'].includes(role)),
    })
  }
}

/** The figures that show whether the work keeps up, each with how long the oldest has waited where that matters. */
function tilesOf(
  areas: readonly Area[],
  figures: ReadonlyMap<string, Figure>,
  { config, language }: { config: Config; language: Language },
) {
  const kinds = gaugesOf(areas)
  return kinds.flatMap(([name, { tile }]) => {
    if (!tile) return []
    const count = totalOf(figures.get(name))
    const oldest = tile.oldest === undefined || count === 0 ? null : ageOf(totalOf(figures.get(tile.oldest)))
    return [{ words: tile.words[language], count, oldest, goesOn: tile.goesOn?.(config) }]
  })
}
