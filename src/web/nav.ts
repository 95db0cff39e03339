import type { Role } from '../base/role.ts'
import type { TextKey } from './texts/texts.ts'

export interface NavEntry {
  href: string
  label: TextKey
  /** True for the place that the page belongs to. */
  current: boolean
}

interface Place {
  href: string
  label: TextKey
  for: Role[]
}

const places: Place[] = [
  { href: '/fees', label: 'common.nav.fees', for: ['borrower'] },
  { href: '/payments', label: 'common.nav.payments', for: ['borrower'] },
  { href: '/desk', label: 'common.nav.desk', for: ['desk', 'auditor'] },
  { href: '/economy', label: 'common.nav.economy', for: ['economy', 'approver', 'auditor'] },
  { href: '/operations', label: 'common.nav.operations', for: ['operator', 'auditor'] },
  { href: '/audit', label: 'audit.nav', for: ['auditor'] },
]

/** The places that somebody with these roles may go to. */
export function navFor(roles: Role[], path: string): NavEntry[] {
  return places
    .filter((place) => place.for.some((role) => roles.includes(role)))
    .map(({ href, label }) => ({
      href,
      label,
      current: path === href || path.startsWith(`${href}/`),
    }))
}
