import type { CaseKinds } from '../../area.ts'
import type { Case } from '../../base/case.ts'
import type { Language } from '../../base/language.ts'

/** Returns what a case is, in a few words and in a sentence of its facts. What was parked before has its old sentence. */
export function caseWords(
  kinds: CaseKinds,
  { kind, facts }: Pick<Case, 'kind' | 'facts'>,
  language: Language,
): { title: string; sentence: string } {
  const words = kinds.get(kind)?.texts[language]
  if (!words) return { title: kind, sentence: '' }
  if ('old' in facts) return { title: words.title, sentence: String(facts.old) }
  return { title: words.title, sentence: words.sentence(facts) }
}
