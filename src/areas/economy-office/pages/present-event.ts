import type { CaseKinds } from '../../../area.ts'
import type { Language } from '../../../base/language.ts'
import { caseWords } from '../../cases/case-words.ts'
import type { PaymentEvent, PaymentEvents } from '../../payments/payment-event.ts'
import { events, olderEvents } from './texts/events.ts'

/** An event as the page shows it: what, and more of it, in the reader's language. */
interface ShownEvent {
  at: Date
  word: string
  by: string
  more: string
}

/** Returns an event in words. One of an older version keeps its sentence, and its raw name where it has no word any more. */
export function presentEvent(
  { at, what, by, facts, detail }: PaymentEvent,
  kinds: CaseKinds,
  language: Language,
): ShownEvent {
  const texts: Record<string, { word: string; more(facts: object): string }> = events[language]
  const word = texts[what]?.word ?? olderEvents[language][what] ?? what
  if (facts === null) return { at, word, by, more: detail ?? '' }
  if (what === 'case-opened') return { at, word, by, more: caseOpened(facts, kinds, language) }
  return { at, word, by, more: texts[what]?.more(facts) ?? '' }
}

function caseOpened(facts: object, kinds: CaseKinds, language: Language): string {
  const opened = facts as PaymentEvents['case-opened']
  const { title, sentence } = caseWords(kinds, { kind: opened.case, facts: opened.facts }, language)
  return [title, sentence].filter(Boolean).join(' ')
}
