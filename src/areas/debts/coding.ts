import type { Coding } from '../ledger/coding.ts'

/**
 * Which coding (kontering) a debt gets. The rules are data, dated, and belong to the economy office. A rule holds for
 * debts that match all that it names (what it leaves out matches anything), and may set one part of the code string or
 * several: accounts follow what is paid, cost centres who earned it, so one rule seldom says everything.
 */
export interface CodingRule {
  debtType?: string | undefined
  library?: string | undefined
  itemType?: string | undefined
  /** ISO dates, both included. */
  from: string
  to?: string | undefined
  sets: Partial<Coding>
}

/** What decides a debt's coding. */
export interface Codable {
  debtType: string
  libraryId: string | null
  itemType: string | null
}

const PARTS = ['account', 'costCentre', 'activity', 'project', 'counterparty', 'vat'] as const
export type CodePart = (typeof PARTS)[number]

/** Parts without which nothing can be booked, whatever the university's code string says. */
const ALWAYS_NEEDED: readonly CodePart[] = ['account', 'costCentre', 'vat']

/**
 * Returns the coding of a debt on a day (ISO date, local time). Each part is taken from the most specific rule that
 * sets it; debt type weighs more than library, library more than item type. Undefined when a needed part is set by no
 * rule, or when two equally specific rules disagree: it is never guessed.
 */
export function codingFor(
  rules: CodingRule[],
  debt: Codable,
  day: string,
  needed: readonly CodePart[] = [],
): Coding | undefined {
  const matching = rules.filter((rule) => matches(rule, debt, day))
  const coding: Record<string, string | null> = {}
  for (const part of PARTS) {
    const values = mostSpecific(matching, part)
    if (values.size > 1) return undefined
    const [value = null] = values
    if (value === null && (ALWAYS_NEEDED.includes(part) || needed.includes(part))) return undefined
    coding[part] = value
  }
  return coding as unknown as Coding
}

/** The different values that the most specific rules set for a part: one, none, or a contradiction. */
function mostSpecific(rules: CodingRule[], part: CodePart): Set<string | null> {
  const setting = rules.filter((rule) => rule.sets[part] !== undefined)
  const best = Math.max(...setting.map(weight))
  return new Set(setting.filter((rule) => weight(rule) === best).map((rule) => rule.sets[part] ?? null))
}

function matches(rule: CodingRule, debt: Codable, day: string): boolean {
  return (
    (rule.debtType === undefined || rule.debtType === debt.debtType) &&
    (rule.library === undefined || rule.library === debt.libraryId) &&
    (rule.itemType === undefined || rule.itemType === debt.itemType) &&
    rule.from <= day &&
    (rule.to === undefined || day <= rule.to)
  )
}

function weight(rule: CodingRule): number {
  return (
    (rule.debtType === undefined ? 0 : 4) +
    (rule.library === undefined ? 0 : 2) +
    (rule.itemType === undefined ? 0 : 1)
  )
}

/** Pairs of rules (by their place in the list) that hold for the same debts on the same day and set a part differently. */
export function contradictoryRules(rules: CodingRule[]): [number, number][] {
  const pairs: [number, number][] = []
  for (const [first, rule] of rules.entries()) {
    for (const [second, other] of rules.entries()) {
      if (second > first && overlap(rule, other) && disagree(rule, other)) pairs.push([first, second])
    }
  }
  return pairs
}

function overlap(a: CodingRule, b: CodingRule): boolean {
  const named = a.debtType === b.debtType && a.library === b.library && a.itemType === b.itemType
  return named && (a.to === undefined || b.from <= a.to) && (b.to === undefined || a.from <= b.to)
}

function disagree(a: CodingRule, b: CodingRule): boolean {
  return PARTS.some(
    (part) => a.sets[part] !== undefined && b.sets[part] !== undefined && a.sets[part] !== b.sets[part],
  )
}
