import type { Trouble } from '../../base/answer.ts'
import type { Identity } from '../../outside/ports/identity.ts'
import type { Koha, Patron } from '../../outside/ports/koha.ts'
import { isSamePatronValue, type MatchRule, patronKey } from './match-rule.ts'

export type MatchOutcome =
  | { kind: 'one'; patron: Patron }
  | { kind: 'none' }
  | { kind: 'several'; count: number }
  | { kind: 'koha-silent'; trouble: Trouble }

export interface MatchUses {
  koha: Pick<Koha, 'findPatrons'>
  config: { people: { match: MatchRule[] } }
}

/**
 * Finds the patron that an identity is, by the rules of people.match in their order. A rule that finds nobody gives way
 * to the next; one that finds several ends it, because the next could only guess among them. Koha's own idea of
 * equality ignores case and accents, so what it finds is compared again.
 */
export async function matchPatron({ koha, config }: MatchUses, identity: Identity): Promise<MatchOutcome> {
  for (const rule of config.people.match) {
    const key = patronKey(rule, identity.attributes)
    if (!key) continue
    const answer = await koha.findPatrons(key)
    if (!answer.ok) return { kind: 'koha-silent', trouble: answer.trouble }

    const patrons = distinct(answer.value.filter((patron) => isSamePatronValue(patron, key)))
    const [patron, ...more] = patrons
    if (more.length > 0) return { kind: 'several', count: patrons.length }
    if (patron) return { kind: 'one', patron }
  }
  return { kind: 'none' }
}

function distinct(patrons: Patron[]): Patron[] {
  return [...new Map(patrons.map((patron) => [patron.id, patron])).values()]
}
