import { type Role, roles } from '../../base/role.ts'

/** What one row of the settings gives. */
interface Grant {
  roles: Exclude<Role, 'borrower'>[]
  /** Library codes for the desk; empty means all. */
  libraries: string[]
}

/** One row of people.staff: to the identity of this name. */
export interface StaffGrant extends Grant {
  id: string
}

/** One row of people.rolesFrom: to whom the identity provider says this of. */
export interface AttributeGrant extends Grant {
  attribute: string
  value: string
}

/** Where roles come from. Both sources add up; who stands in neither is a borrower. */
export interface RoleSources {
  staff: StaffGrant[]
  rolesFrom: AttributeGrant[]
}

/** Somebody as far as roles go: a name, and what a trusted identity provider said at sign-in, by attribute. */
export interface RoleHolder {
  id: string
  claims?: Record<string, string[]>
}

/**
 * Returns the roles of an identity. Read afresh on every request, so that a grant taken away is gone at the next
 * click.
 */
export function rolesOf(holder: RoleHolder, { staff, rolesFrom }: RoleSources): Role[] {
  const granted = new Set<Role>(['borrower'])
  const grants: Grant[] = [...listedFor(holder, staff), ...claimedBy(holder, rolesFrom)]
  for (const grant of grants) for (const role of grant.roles) granted.add(role)
  return roles.filter((role) => granted.has(role))
}

/**
 * Returns the libraries whose desk an identity works at; `all`, or library codes. Empty for those who have no desk.
 */
export function deskLibrariesOf(holder: RoleHolder, { staff, rolesFrom }: RoleSources): 'all' | string[] {
  const grants: Grant[] = [...listedFor(holder, staff), ...claimedBy(holder, rolesFrom)]
  const desks = grants.filter((grant) => grant.roles.includes('desk'))
  if (desks.some((grant) => grant.libraries.length === 0)) return 'all'
  return [...new Set(desks.flatMap((grant) => grant.libraries))]
}

function listedFor(holder: RoleHolder, staff: StaffGrant[]): StaffGrant[] {
  const id = holder.id.normalize('NFC')
  return staff.filter((grant) => grant.id.normalize('NFC') === id)
}

/** The same characters and nothing cleverer: a pattern in a right is a hole that nobody sees. */
function claimedBy({ claims = {} }: RoleHolder, rolesFrom: AttributeGrant[]): AttributeGrant[] {
  return rolesFrom.filter(({ attribute, value }) => {
    const said = Object.hasOwn(claims, attribute) ? claims[attribute] : undefined
    return said?.includes(value.normalize('NFC')) ?? false
  })
}
