import type { Patron, PatronKey } from '../../outside/ports/koha.ts'

/** One row of people.match. */
export type MatchRule =
  | { by: 'userid' | 'cardnumber' | 'email'; from: string; withoutScope: boolean }
  | { by: 'attribute'; type: string; from: string; withoutScope: boolean }

/** Returns what to ask Koha for by this rule; undefined when the identity has no such attribute. */
export function patronKey(rule: MatchRule, attributes: Record<string, string>): PatronKey | undefined {
  const given = Object.hasOwn(attributes, rule.from) ? attributes[rule.from] : undefined
  const value = rule.withoutScope ? given?.split('@')[0] : given
  if (!value) return undefined
  return rule.by === 'attribute' ? { by: 'attribute', type: rule.type, value } : { by: rule.by, value }
}

/**
 * Is what Koha found really what we asked for? Koha compares by its database's collation, where `asa` is `åsa` and
 * `ELSA` is `elsa`. User id and card number must be the same characters; an e-mail address may differ in case only.
 * Attributes are not in the patron record: the Koha adapter compares them where it reads them.
 */
export function isSamePatronValue(patron: Patron, key: PatronKey): boolean {
  switch (key.by) {
    case 'userid':
      return same(patron.userId, key.value)
    case 'cardnumber':
      return same(patron.cardNumber, key.value)
    case 'email':
      return same(patron.email?.toLowerCase(), key.value.toLowerCase())
    case 'attribute':
      return true
  }
}

function same(held: string | null | undefined, wanted: string): boolean {
  return typeof held === 'string' && held.normalize('NFC') === wanted.normalize('NFC')
}
