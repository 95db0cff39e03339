import type { Language } from '../base/language.ts'
import { type Role, roles } from '../base/role.ts'
import type { Place } from './place.ts'

export interface NavEntry {
  href: string
  label: string
  /** True for the place that the page belongs to. */
  current: boolean
}

/** Returns the main menu of somebody with these roles: borrowers' places first, then staff's, in the order of the roles. */
export function navFor(
  places: readonly Place[],
  held: readonly Role[],
  { path, language }: { path: string; language: Language },
): NavEntry[] {
  return places
    .flatMap(({ at, visitors, tab }) => (tab && visitors !== 'everybody' ? [{ at, visitors, tab }] : []))
    .filter(({ visitors }) => visitors.some((role) => held.includes(role)))
    .sort((a, b) => rankOf(a.visitors) - rankOf(b.visitors))
    .map(({ at, tab }) => ({
      href: at,
      label: tab[language],
      current: path === at || path.startsWith(`${at}/`),
    }))
}

function rankOf(visitors: readonly Role[]): number {
  return Math.min(...visitors.map((role) => roles.indexOf(role)))
}
