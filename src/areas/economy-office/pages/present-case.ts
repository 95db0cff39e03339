import type { CaseKinds } from '../../../area.ts'
import type { Case } from '../../../base/case.ts'
import type { Language } from '../../../base/language.ts'
import type { Sql } from '../../../database/database.ts'
import { caseWords } from '../../cases/case-words.ts'

/** A case on the page of what it is about, with the ways that a person has. */
export interface ShownCase {
  id: number
  title: string
  sentence: string
  openedAt: Date
  subject: string
  /** Those that need no word from the person, and those that need one. */
  atOnce: { how: string; words: string }[]
  withReason: { how: string; words: string }[]
  /** What must be answered first; null when nothing. */
  question: string | null
}

/** Returns a case in words, with its ways when this person may act. */
export async function presentCase(
  db: Sql,
  kinds: CaseKinds,
  one: Case,
  { language, mayAct }: { language: Language; mayAct: boolean },
): Promise<ShownCase> {
  const ways = mayAct ? Object.entries(kinds.get(one.kind)?.ways ?? {}) : []
  const possible = await Promise.all(ways.map(async ([, way]) => (await way.possible?.(db, one)) ?? true))
  const open = ways.filter((_, at) => possible[at])
  const asked = await Promise.all(
    open.map(async ([, { asks }]) => ((await asks?.when(db, one)) ? asks?.words[language] : undefined)),
  )
  const named = (reasoned: boolean) =>
    open
      .filter(([, { needsReason }]) => (needsReason ?? false) === reasoned)
      .map(([how, { words }]) => ({ how, words: words[language] }))
  return {
    ...caseWords(kinds, one, language),
    id: one.id,
    openedAt: one.openedAt,
    subject: one.subject,
    atOnce: named(false),
    withReason: named(true),
    question: asked.find((words) => words !== undefined) ?? null,
  }
}
