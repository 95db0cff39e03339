import type { Language } from '../base/language.ts'
import type { Role } from '../base/role.ts'

/** Who may visit. `everybody` needs no sign-in. */
export type Visitors = 'everybody' | readonly Role[]

/** A place among the addresses: everything at and below it that no longer place claims. */
export interface Place {
  /** `/economy` or `/economy/batches`; lower case. */
  at: string
  visitors: Visitors
  /** What the main menu calls it; left out, it is not in the menu. */
  tab?: Record<Language, string>
  /** Whatever changes something here asks for a recent proof of who somebody is (ASVS V7.5.3). */
  proofForChanges?: true
}

export type Verdict = 'welcome' | 'sign-in-first' | 'forbidden' | 'unknown-route'

/** What is known of all places together. */
export interface Gate {
  /** The place that a path belongs to; undefined where there is none, and then nobody may visit. */
  placeOf(path: string): Place | undefined
  /** May someone with these roles (none: not signed in) make this request? The auditor reads all and changes nothing. */
  mayVisit(held: readonly Role[], request: { method: string; path: string }): Verdict
}

/** Returns the gate of some places; the longest match decides. Throws when two places stand at one address. */
export function createGate(places: readonly Place[]): Gate {
  const byAddress = new Map(places.map((place) => [place.at, place]))
  if (byAddress.size < places.length) throw new Error('Two places stand at one address')
  const placeOf = (path: string) => longestMatch(byAddress, path)
  return {
    placeOf,
    mayVisit: (held, { method, path }) => {
      const place = placeOf(path)
      return place ? verdictOn(place.visitors, held, isReading(method)) : 'unknown-route'
    },
  }
}

/** Returns whether a request only reads. */
export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function verdictOn(visitors: Visitors, held: readonly Role[], reading: boolean): Verdict {
  if (visitors === 'everybody') return 'welcome'
  if (held.length === 0) return 'sign-in-first'
  return visitors.some((role) => held.includes(role) && (reading || role !== 'auditor'))
    ? 'welcome'
    : 'forbidden'
}

/** As Express routes: letter case and a closing slash make no difference, so they must make none here. */
function longestMatch(places: Map<string, Place>, path: string): Place | undefined {
  if (path === '/') return places.get('/')
  const segments = path.toLowerCase().split('/').filter(Boolean)
  for (let length = segments.length; length > 0; length -= 1) {
    const found = places.get(`/${segments.slice(0, length).join('/')}`)
    if (found) return found
  }
  return undefined
}
