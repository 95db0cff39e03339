import type { Person } from '../../people/signed-in.ts'

/**
 * May this person open a patron of this home library? A clerk opens those of the libraries in people.staff, where none
 * means all. The auditor reads everybody's.
 */
export function mayOpen(
  { roles, deskLibraries }: Pick<Person, 'roles' | 'deskLibraries'>,
  libraryId: string,
): boolean {
  return reachesAll({ roles, deskLibraries }) || deskLibraries.includes(libraryId)
}

/** Returns true when a patron's home library makes no difference to this person. */
export function reachesAll({ roles, deskLibraries }: Pick<Person, 'roles' | 'deskLibraries'>): boolean {
  return deskLibraries === 'all' || roles.includes('auditor')
}
